/** An entry judged anew: by the rules of its own legal date, in the case as it is known by now. */
import { legalDateOf } from '../../kernel/legal-date.js';
import { osloDate, type Instant, type LocalDate } from '../../kernel/dates.js';
import type { CommandContext } from '../../kernel/decider.js';
import type { CommandDefinition } from '../../kernel/definition.js';
import type { Actor } from '../../kernel/envelope.js';
import { RuleBroken } from '../../kernel/errors.js';
import type { Flag } from '../../kernel/flags.js';
import { caseCommands, type CaseCommand, type CaseCommandType } from '../commands.js';
import { decide } from '../decide.js';
import { caseEvents, type CaseEvent, type CaseEventType } from '../events.js';
import { noCase, type CaseState } from '../state.js';
import { evolveAll } from '../evolve.js';
import { isCorrection } from './events.js';
import { countedEvent, effectiveEntries, stepping, type Effective, type Recorded } from './effective.js';

/** An entry with what its envelope says of who made it, when and for whom. */
export interface Entry extends Recorded {
  /** UTC instant. */
  readonly recordedAt: string;
  readonly by: Actor;
  readonly municipality: string;
  readonly district?: string;
}

const COMMANDS: readonly (readonly [string, CaseCommandType])[] = (
  Object.keys(caseCommands) as CaseCommandType[]
).flatMap((type) => caseCommands[type].emits.map((emitted) => [emitted, type] as const));
const commandFor = new Map(COMMANDS);

/** The command whose events are of that type. */
export function definitionFor(type: CaseEventType): CommandDefinition {
  const command = commandFor.get(type);
  if (command === undefined) throw new TypeError(`No command leads to ${type}`);
  return caseCommands[command];
}

/** What the rules make of an event: the event as they give it, or the rule that forbids it. */
export type Verdict = { readonly event: CaseEvent | undefined } | { readonly broken: RuleBroken };

/** The event as if its command were given in that state. */
export function judge({ type, data }: CaseEvent, state: CaseState, context: CommandContext): Verdict {
  const { type: command, shape } = definitionFor(type);
  const given = Object.fromEntries(Object.entries(data).filter(([field]) => Object.hasOwn(shape, field)));
  try {
    const [event] = decide({ type: command, data: given, context } as CaseCommand, state);
    return { event };
  } catch (error) {
    if (error instanceof RuleBroken) return { broken: error };
    throw error;
  }
}

/** Facts that others are judged by without hanging on them: recorded late, they speak for the day that they are about. */
const EVIDENCE: ReadonlySet<string> = new Set([
  'InvestigationExtended',
  'ChildParticipationRecorded',
  'PartyStatusAssessed',
  'ConsentGiven',
  'DocumentJournaled',
  'DecisionNotified',
  'PlanEstablished',
  'PlanRevised',
  'EvaluationRecorded',
] satisfies readonly CaseEventType[]);

const PLANS: readonly string[] = ['PlanEstablished', 'PlanRevised'] satisfies readonly CaseEventType[];

/** The legal date of a fact as its data has it: a day or an instant. */
export const legalValueIn = ({ type, data }: CaseEvent): Instant =>
  String((data as Readonly<Record<string, unknown>>)[caseEvents[type].legalDate]);

/** The day that a fact is about. */
export const legalDateIn = (event: CaseEvent): LocalDate => legalDateOf(legalValueIn(event));

/** The state before each entry, as known by now: what came before it, and evidence of the time until then that came later. */
export function statesBefore(entries: readonly Effective[]): (index: number) => CaseState {
  const after = stepping(entries);
  const states: CaseState[] = [];
  let state = noCase;
  for (const entry of entries) {
    states.push(state);
    state = after(state, entry);
  }
  const evidence = evidenceIn(entries);
  return (index) => {
    const judged = entries[index]?.event;
    const before = states[index] ?? noCase;
    if (judged === undefined || isCorrection(judged)) return before;
    const on = legalDateIn(judged);
    const heard = evidence.filter(
      (later) => later.index > index && later.on <= on && isEvidenceFor(judged, later.event),
    );
    return before.situation === 'none'
      ? heard.reduce<CaseState>((state, { entry }) => after(state, entry), before)
      : evolveAll(
          before,
          heard.map(({ event }) => event),
        );
  };
}

interface Evidence {
  readonly index: number;
  readonly entry: Effective;
  readonly event: CaseEvent;
  readonly on: LocalDate;
}

/** Looked up once: every entry of a case is judged by what came after it. */
const evidenceIn = (entries: readonly Effective[]): readonly Evidence[] =>
  entries.flatMap((entry, index) => {
    const event = countedEvent(entry);
    return event === undefined || !EVIDENCE.has(event.type)
      ? []
      : [{ index, entry, event, on: legalDateIn(event) }];
  });

/** A later version says nothing of an earlier one of the same plan. */
const isEvidenceFor = (judged: CaseEvent, later: CaseEvent): boolean =>
  !(PLANS.includes(judged.type) && PLANS.includes(later.type));

/**
 * The flags that each counted entry has as the case is known by now, by event id: the SOFT rules judged anew, over the
 * effective entries. Those of an entry that cannot be judged any more (a HARD rule would refuse it by now, or the child's
 * key is destroyed, and with it its birth) stay as they were last judged.
 */
export function flagsNow(
  entries: readonly Entry[],
  effective: readonly Effective<Entry>[] = effectiveEntries(entries),
): ReadonlyMap<string, readonly Flag[]> {
  const stateBefore = statesBefore(effective);
  return new Map(
    effective.map((entry, index) => [entry.recorded.eventId, flagsOf(entry, stateBefore(index))]),
  );
}

function flagsOf(entry: Effective<Entry>, state: CaseState): readonly Flag[] {
  const stored = entry.event.flags ?? [];
  const event = countedEvent(entry);
  if (event === undefined || !isBirthKnown(event, state)) return stored;
  const verdict = judge(event, state, contextOf(entry));
  return 'broken' in verdict || verdict.event === undefined ? stored : (verdict.event.flags ?? []);
}

function isBirthKnown(event: CaseEvent, state: CaseState): boolean {
  const { date, dueDate } =
    event.type === 'ReferralReceived' ? event.data.childBirth : state.situation === 'open' ? state.birth : {};
  return [date, dueDate].some((day) => day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day));
}

/** As it was last recorded or corrected: who made the entry, at the time when it became what it is. */
const contextOf = ({ recorded, correctedBy }: Effective<Entry>): CommandContext =>
  occasionOf(recorded, (correctedBy.at(-1) ?? recorded).recordedAt);

/** The occasion of an entry at another time. */
export const occasionOf = ({ by, municipality, district }: Entry, now: string): CommandContext => ({
  now,
  today: osloDate(now),
  by,
  municipality,
  ...(district === undefined ? {} : { district }),
});
