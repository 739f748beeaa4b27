/** A synthetic supervision to test with. */
import { fold, type CommandContext } from '../../kernel/decider.js';
import type { Role } from '../../kernel/envelope.js';
import { frozen } from '../../child-case/test/given.fixture.js';
import {
  SUPERVISION_EXAMPLE,
  supervisionCommands,
  type SupervisionCommand,
  type SupervisionCommandType,
} from '../commands.js';
import type { SupervisionEvent } from '../events.js';
import { supervision } from '../supervision.js';

export const IDS = { ...SUPERVISION_EXAMPLE, other: '7115a000-0001-4000-8000-000000000009' } as const;

export interface By {
  readonly role?: Role;
  readonly orgNumber?: string;
  readonly today?: string;
}

export const context = ({ role, orgNumber, today }: By = {}): CommandContext => ({
  now: `${today ?? '2026-10-12'}T11:00:00Z`,
  today: today ?? '2026-10-12',
  by: { subjectId: 'tilsyn-1', role: role ?? 'STATSFORVALTER', orgNumber: orgNumber ?? '0192:974761319' },
  municipality: '0000',
});

/** What the service fills in. */
const FILLED: { readonly [T in SupervisionCommandType]: object } = {
  OpenSupervision: {},
  RecordReplay: {
    supervisionId: IDS.supervision,
    cases: [{ caseId: IDS.case, municipality: '3401' }],
    asOf: { storeId: 'pg-1', position: 'pg:00000000000000000042', lastEventId: IDS.other },
  },
  CloseSupervision: { supervisionId: IDS.supervision, on: '2026-10-12' },
};

/** A command as its example has it, but for `changes`; a field of `undefined` is left out. */
export function command(type: SupervisionCommandType, changes: object = {}, by: By = {}): SupervisionCommand {
  const filled = { ...(supervisionCommands[type].example as object), ...FILLED[type], ...changes };
  const data = Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== undefined));
  return { type, data, context: context(by) } as unknown as SupervisionCommand;
}

export function play(commands: readonly SupervisionCommand[]): SupervisionEvent[] {
  const events: SupervisionEvent[] = [];
  for (const step of commands) events.push(...supervision.decide(step, frozen(fold(supervision, events))));
  return events;
}
