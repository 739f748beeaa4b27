/** A synthetic request for access to test with, and given–when–then over it. */
import { expect } from '@jest/globals';
import { fold, type CommandContext } from '../../kernel/decider.js';
import type { Role } from '../../kernel/envelope.js';
import { RuleBroken, type Slug } from '../../kernel/errors.js';
import { EXAMPLE } from '../../child-case/commands/common.js';
import { frozen } from '../../child-case/test/given.fixture.js';
import { accessRequest } from '../access-request.js';
import {
  accessRequestCommands,
  INNSYN_EXAMPLE,
  type AccessRequestCommand,
  type AccessRequestCommandOf,
  type AccessRequestCommandType,
} from '../commands.js';
import type { AccessRequestEvent } from '../events.js';
import type { OpenRequest } from '../state.js';

export const IDS = {
  ...EXAMPLE,
  ...INNSYN_EXAMPLE,
  otherCase: 'c4c0e551-0001-4000-8000-000000000003',
  entry: 'c4c0e551-0001-4000-8000-000000000004',
  investigation: 'c4c0e551-0001-4000-8000-000000000005',
} as const;

export const known = (changes: object = {}) => ({
  caseId: IDS.case,
  startedOn: '2026-01-05',
  isChild: false,
  childAge: 11,
  isParty: true,
  hasForeldreansvar: true,
  ...changes,
});
export const document = (changes: object = {}) => ({ caseId: IDS.case, confidential: true, ...changes });
export const DANGER = { law: 'BVL2021', section: '12-6', paragraph: 2 } as const;
export const INVESTIGATION = { law: 'BVL2021', section: '12-6', paragraph: 3 } as const;
export const OTHERS_HEALTH = { law: 'FVL1967', section: '19', paragraph: 2, letter: 'a' } as const;
export const UNDER_15 = { law: 'FVL1967', section: '18', paragraph: 1 } as const;

/** What the service fills in. */
const FILLED: { readonly [T in AccessRequestCommandType]: object } = {
  RequestInnsyn: { known: [known()] },
  AssessInnsynDocument: { requestId: IDS.request, document: document() },
  DecideInnsyn: { requestId: IDS.request, proposed: [IDS.document] },
  DeliverInnsyn: { requestId: IDS.request, packageHash: 'ab'.repeat(32) },
  DiscloseToRepresentative: { requestId: IDS.request },
};

const context = (role: Role, subjectId: string): CommandContext => ({
  now: '2026-11-24T11:00:00Z',
  today: '2026-11-24',
  by: { subjectId, role, orgNumber: '0192:999999999' },
  municipality: '3401',
});

/** A command as its example has it, but for `changes`; a field of `undefined` is left out. */
export function command<T extends AccessRequestCommandType>(
  type: T,
  changes: { readonly [F in keyof AccessRequestCommandOf<T>['data']]?: unknown } = {},
  { role = 'ARKIVAR', subjectId = 'employee-1' }: { role?: Role; subjectId?: string } = {},
): AccessRequestCommand {
  const filled = { ...(accessRequestCommands[type].example as object), ...FILLED[type], ...changes };
  const data = Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== undefined));
  return { type, data, context: context(role, subjectId) } as unknown as AccessRequestCommand;
}

export const asked = (changes = {}, by = {}) => command('RequestInnsyn', changes, by);
/** By the child of the case. */
export const askedByChild = (childAge: number) =>
  asked({
    requester: { personRef: IDS.child, relation: 'BARN' },
    known: [known({ isChild: true, isParty: childAge >= 15, childAge, hasForeldreansvar: false })],
  });
export const fully = (changes = {}) =>
  command('AssessInnsynDocument', {
    result: 'FULL',
    exemption: undefined,
    reason: undefined,
    redactions: undefined,
    ...changes,
  });
export const refused = (exemption: unknown = DANGER, changes = {}) =>
  command('AssessInnsynDocument', { result: 'NEKTET', exemption, redactions: undefined, ...changes });
export const decided = (outcome: string, refusalBasis?: readonly unknown[], changes = {}) =>
  command('DecideInnsyn', { outcome, refusalBasis, ...changes });

export function play(commands: readonly AccessRequestCommand[]): AccessRequestEvent[] {
  const events: AccessRequestEvent[] = [];
  for (const step of commands)
    events.push(...accessRequest.decide(step, frozen(fold(accessRequest, events))));
  return events;
}

export function stateAfter(commands: readonly AccessRequestCommand[]): OpenRequest {
  const state = fold(accessRequest, play(commands));
  if (state.situation === 'none') throw new Error('Nothing was requested');
  return state;
}

export const given = (...history: readonly AccessRequestCommand[]) => ({
  when(last: AccessRequestCommand) {
    const outcome = () => accessRequest.decide(last, frozen(fold(accessRequest, play(history))));
    return {
      then(type: AccessRequestEvent['type'], data: object = {}, flags?: readonly object[]) {
        const events = outcome();
        expect(events).toHaveLength(1);
        expect(events[0]).toMatchObject({ type, data });
        if (flags !== undefined) expect(events[0]?.flags ?? []).toEqual(flags);
      },
      thenNothing() {
        expect(outcome()).toEqual([]);
      },
      thenBroken(slug: Slug, rule?: string, felt?: readonly string[]) {
        const broken = caught(outcome);
        expect({ slug: broken.slug, rule: broken.rule }).toEqual({ slug, rule });
        expect(broken.losning).not.toBe('');
        if (felt !== undefined) expect(broken.feil?.map((f) => f.felt)).toEqual(felt);
      },
    };
  },
});

function caught(outcome: () => unknown): RuleBroken {
  try {
    outcome();
  } catch (error) {
    if (error instanceof RuleBroken) return error;
    throw error;
  }
  throw new Error('The command was accepted');
}
