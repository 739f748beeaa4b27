/** Makes one case with so many events, through the command handling. */
import { randomUUID } from 'node:crypto';
import type { CommandRequest, NewPerson, ReferralBody } from '../../libs/command-handling/index.js';
import type { DatabaseUrls } from '../../libs/platform/index.js';
import { eachOf } from '../harness/load.js';
import { loadCommandHandling, loadDomain } from '../harness/service.js';
import { MUNICIPALITY, ORGANISATION } from '../harness/tokens.js';
import { openKeys } from './forlop-keys.js';
import { openStore } from './forlop-store.js';
import type { StoreKind } from '../harness/bench.js';

export interface Office {
  /** So many new children. @returns their ids */
  register(count: number): Promise<string[]>;
  /** A case of a new child, with so many events. @returns its id */
  openCase(events: number): Promise<string>;
  close(): Promise<void>;
}

export interface OfficeSettings {
  readonly urls: DatabaseUrls;
  readonly store: StoreKind;
  /** The service's, for its master key. */
  readonly dataDir: string;
}

const AT_ONCE = 128;
const NOW = '2026-03-02T10:00:00.000Z';

/** What a caseworker does before a bench begins. */
export async function openOffice({ urls, store: kind, dataDir }: OfficeSettings): Promise<Office> {
  const [domain, { CommandHandling }] = await Promise.all([loadDomain(), loadCommandHandling()]);
  const keys = await openKeys({ keystoreUrl: urls.keystoreUrl, dataDir });
  const store = await openStore({ kind, url: urls.serviceUrl });
  const handling = new CommandHandling({ store, ...keys });
  const someone = {
    ...(domain.personCommands.RegisterPerson.example as object),
    identifier: { kind: 'NONE' },
  };
  const registerOne = async (): Promise<string> => {
    const { ids } = await handling.registerPerson(someone as unknown as NewPerson, requestOf());
    return String(ids['personId']);
  };
  return {
    register: async (count) => {
      const ids: string[] = [];
      await eachOf(Array.from({ length: count }), AT_ONCE, async () => ids.push(await registerOne()));
      return ids;
    },
    openCase: async (events) => {
      const referral = {
        ...(domain.referralExample as object),
        children: [{ personId: await registerOne() }],
      };
      const { cases } = await handling.receiveReferral(referral as unknown as ReferralBody, requestOf());
      const caseId = cases[0]?.caseId ?? '';
      const body = domain.commandsOfCase.RecordChildParticipation.example as Record<string, unknown>;
      for (let event = 1; event < events; event += 1) {
        await handling.execute('RecordChildParticipation', caseId, { ...body }, requestOf());
      }
      return caseId;
    },
    close: async () => {
      await store.close();
      await keys.close();
    },
  };
}

const requestOf = (): CommandRequest => ({
  caller: {
    actor: { subjectId: 'ansatt-1', role: 'LEDER', orgNumber: ORGANISATION },
    municipality: MUNICIPALITY,
  },
  idempotencyKey: randomUUID(),
  fingerprint: 'bench',
  correlationId: randomUUID(),
  now: NOW,
  today: '2026-03-02',
});
