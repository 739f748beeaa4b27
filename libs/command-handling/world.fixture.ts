import { randomUUID } from 'node:crypto';
import { osloDate, personCommands, commandsOfCase, referralExample } from '#forlop/domain';
import type { Role } from '#forlop/domain';
import { MemoryEventStore } from '#forlop/event-store';
import { MasterKey, MemoryKeyStore, Sealer } from '#forlop/privacy';
import { CommandHandling } from './command-handling.js';
import type { CaseCommandType } from './case-command.js';
import { StreamMemory } from './kept/stream-memory.js';
import type { NewPerson } from './person-command.js';
import type { ReferralBody } from './referral.js';
import type { CommandRequest } from './request.js';

export const HAMAR = '3403';
const NOW = '2026-11-24T10:00:00.000Z';

/** Everything that command handling runs on, in memory, and the bodies of the domain's own examples. */
export class World {
  readonly store = new MemoryEventStore();
  readonly keyStore = new MemoryKeyStore();
  readonly sealer = new Sealer(this.keyStore, new MasterKey(Buffer.alloc(32, 7)));
  readonly memory = new StreamMemory();
  readonly deps = {
    memory: this.memory,
    store: this.store,
    sealer: this.sealer,
    keyStore: this.keyStore,
    blindIndex: this.keyStore,
  };
  readonly handling = new CommandHandling(this.deps);

  /** A person born on the date, without an identifier unless one is given. */
  async person(given: Partial<NewPerson> = {}): Promise<string> {
    const body = { ...personBody(), identifier: { kind: 'NONE' as const }, ...given };
    const { ids } = await this.handling.registerPerson(body, request());
    return ids['personId'] as string;
  }

  /** A child with a case: one referral received. */
  async openCase(given: Partial<CommandRequest> = {}) {
    const personId = await this.person();
    const accepted = await this.handling.receiveReferral(referral([personId]), request(given));
    const [opened] = accepted.cases;
    if (!opened) throw new Error('The referral opened no case.');
    return opened;
  }
}

/** A request of a caseworker in Hamar; `fingerprint` is what was asked, so that a repeat gives the same. */
export function request(
  given: Partial<CommandRequest> & { role?: Role; municipality?: string } = {},
): CommandRequest {
  const { role = 'LEDER', municipality = HAMAR, ...rest } = given;
  return {
    caller: { actor: { subjectId: 'ansatt-1', role, orgNumber: '0192:999999999' }, municipality },
    idempotencyKey: randomUUID(),
    fingerprint: 'asked',
    correlationId: randomUUID(),
    now: NOW,
    today: osloDate(NOW),
    ...rest,
  };
}

export const personBody = (): NewPerson =>
  ({ ...(personCommands.RegisterPerson.example as object) }) as NewPerson;

export const referral = (personIds: readonly string[]): ReferralBody => ({
  ...(referralExample as ReferralBody),
  children: personIds.map((personId) => ({ personId })) as unknown as ReferralBody['children'],
});

/** The example body of a command, with the ids that the path gives. */
export const exampleOf = (
  type: CaseCommandType,
  path: Record<string, string> = {},
): Record<string, unknown> => ({
  ...(commandsOfCase[type].example as object),
  ...path,
});
