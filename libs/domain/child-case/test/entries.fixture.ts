/** Entries as a stream holds them, from commands that are played one after the other, corrections among them. */
import { checkShape } from '../../kernel/check.js';
import { shapeFor, type EventDefinition } from '../../kernel/definition.js';
import { RuleBroken } from '../../kernel/errors.js';
import { assertSealed, separate } from '../../kernel/personal.js';
import { childCase } from '../child-case.js';
import type { CaseCommand } from '../commands.js';
import {
  correctionCommands,
  type CorrectionCommand,
  type CorrectionCommandType,
} from '../corrections/commands.js';
import { correctCase } from '../corrections/correct.js';
import { caseStateIn } from '../corrections/effective.js';
import { correctionEvents, type CaseFact } from '../corrections/events.js';
import type { Entry } from '../corrections/judge.js';
import { caseEvents } from '../events.js';
import { context, type By } from './case.fixture.js';
import { frozen } from './given.fixture.js';

export const entryId = (index: number): string =>
  `e0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** A minute apart, on one morning. */
export const recordedAt = (index: number): string => new Date(Date.UTC(2026, 10, 24, 6, index)).toISOString();

const DEFINITIONS: Readonly<Record<string, EventDefinition>> = { ...caseEvents, ...correctionEvents };

/** Throws when an event does not fit its definition, or holds something personal that would not be sealed. */
function storable(event: CaseFact): CaseFact {
  const shape = shapeFor(DEFINITIONS[event.type] as EventDefinition, event.data);
  const errors = checkShape(shape, event.data, 'whole');
  if (errors.length > 0) throw new Error(`${event.type} does not fit its shape: ${JSON.stringify(errors)}`);
  assertSealed(shape, separate(shape, event.data).clear);
  return event;
}

export type Played = CaseCommand | CorrectionCommand;

const isCorrecting = (command: Played): command is CorrectionCommand => command.type in correctionCommands;

/** The entries after one more command. Throws `RuleBroken`. */
export function then(entries: readonly Entry[], command: Played): readonly Entry[] {
  const events: readonly CaseFact[] = isCorrecting(command)
    ? correctCase(command, frozen(entries))
    : childCase.decide(command, frozen(caseStateIn(entries)));
  const { by, municipality } = command.context;
  return events.reduce<readonly Entry[]>((before, event) => {
    const index = before.length;
    const entry = {
      eventId: entryId(index),
      event: storable(event),
      recordedAt: recordedAt(index),
      by,
      municipality,
    };
    return [...before, frozen(entry)];
  }, entries);
}

export const entriesOf = (...commands: readonly Played[]): readonly Entry[] =>
  commands.reduce<readonly Entry[]>(then, []);

/** The entry of a type, the last of them. */
export function entryOf(entries: readonly Entry[], type: CaseFact['type']): Entry {
  const entry = entries.findLast(({ event }) => event.type === type);
  if (entry === undefined) throw new Error(`No ${type} was played`);
  return entry;
}

export const correcting = (
  target: Pick<Entry, 'eventId'>,
  newValues: object,
  changes: object = {},
  by: By = {},
): CorrectionCommand => correction('CorrectEntry', target, { newValues, ...changes }, by);

export const retracting = (
  target: Pick<Entry, 'eventId'>,
  changes: object = {},
  by: By = {},
): CorrectionCommand => correction('RetractEntry', target, changes, by);

function correction(
  type: CorrectionCommandType,
  { eventId: targetEventId }: Pick<Entry, 'eventId'>,
  changes: object,
  by: By,
): CorrectionCommand {
  const data = { targetEventId, reason: 'Skrevet feil.', on: '2026-06-01', ...changes };
  return { type, data, context: context(by) } as CorrectionCommand;
}

/** The rule that a command is refused by. */
export function brokenBy(entries: readonly Entry[], command: Played): RuleBroken {
  try {
    then(entries, command);
  } catch (error) {
    if (error instanceof RuleBroken) return error;
    throw error;
  }
  throw new Error('The command was accepted');
}
