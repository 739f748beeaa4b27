/** What a correction or a retraction leads to: one event, nothing, or a broken rule. */
import type { LocalDate } from '../../kernel/dates.js';
import { RuleBroken, type FieldError } from '../../kernel/errors.js';
import { sameJson } from '../../kernel/same-json.js';
import { ruleBroken } from '../../law/rules.js';
import { assertLegalDate, assertNotFuture, fieldError, found, isBlank, openCase } from '../decide/basics.js';
import type { CaseEvent } from '../events.js';
import type { CorrectionCommand, CorrectionCommandOf } from './commands.js';
import { byEventId, caseStateOf, effectiveEntries, rootOf, type Effective } from './effective.js';
import {
  isCorrection,
  shapeOfEntry,
  type CaseFact,
  type CorrectableType,
  type CorrectionEvent,
  type CorrectionEventOf,
} from './events.js';
import {
  definitionFor,
  judge,
  legalDateIn,
  occasionOf,
  statesBefore,
  type Entry,
  type Verdict,
} from './judge.js';
import { asPatch, patchErrors, type Patch } from './patch.js';

/**
 * Judged by the entries of the case, not by its state: a correction is about an entry. `[]` when nothing changes.
 * Throws `RuleBroken`: `not-found` for an entry that the case does not have, `invalid-request` for values that do not fit
 * it, `missing-reasons` (53), and the rule that forbids what the entry would say.
 */
export function correctCase(
  command: CorrectionCommand,
  entries: readonly Entry[],
): readonly CorrectionEvent[] {
  return command.type === 'CorrectEntry' ? correctEntry(command, entries) : retractEntry(command, entries);
}

function retractEntry(
  { data, context }: CorrectionCommandOf<'RetractEntry'>,
  entries: readonly Entry[],
): readonly CorrectionEvent[] {
  const { targetEventId, on } = data;
  const effective = effectiveEntries(entries);
  const target = found(find(effective, targetEventId), 'Oppføringen finnes ikke i saken.');
  const reason = assertReason(data, on);
  assertLegalDate(context, openCase(caseStateOf(effective)), on, 'on');
  if (data.effectiveOn !== undefined) assertNotFuture(context, data.effectiveOn, 'effectiveOn');
  if (target.retractedBy !== undefined) return [];
  const effectiveOn = data.effectiveOn ?? dayOf(target.event);
  const targetType = target.event.type;
  return [{ type: 'EntryRetracted', data: { targetEventId, targetType, reason, effectiveOn, on } }];
}

function correctEntry(
  { data, context }: CorrectionCommandOf<'CorrectEntry'>,
  entries: readonly Entry[],
): readonly CorrectionEvent[] {
  const { targetEventId, on } = data;
  const effective = effectiveEntries(entries);
  found(find(effective, targetEventId), 'Oppføringen finnes ikke i saken.');
  const entry = found(correctedEntry(entries, effective, targetEventId), 'Oppføringen finnes ikke i saken.');
  const targetType = entry.event.type as CorrectableType;
  const reason = assertReason(data, on);
  const patch = asPatch(data.newValues);
  assertPatch(targetType, patch);
  assertLegalDate(context, openCase(caseStateOf(effective)), on, 'on');
  if (data.effectiveOn !== undefined) assertNotFuture(context, data.effectiveOn, 'effectiveOn');
  assertStands(effective, targetEventId, entry, on);

  /** The case with this correction in it, which says what the entry would be. */
  const corrected = (values: Patch, effectiveOn: LocalDate): CorrectionEventOf<'EntryCorrected'> => ({
    type: 'EntryCorrected',
    data: { targetEventId, targetType, reason, ...values, effectiveOn, on },
  });
  const tried = (event: CorrectionEvent) =>
    effectiveEntries([...entries, { ...entry.recorded, eventId: NEW, recordedAt: context.now, event }]);
  const day = data.effectiveOn ?? dayOf(entry.event);
  const after = tried(corrected(patch, day));
  const index = effective.indexOf(entry);
  const fact = after[index]?.event ?? entry.event;
  if (sameJson(fact.data, entry.event.data)) return [];
  if (isCorrection(fact) || isCorrection(entry.event)) return [corrected(patch, day)];
  assertRefined(fact);

  const judgedAt = occasionOf(entry.recorded, context.now);
  const before = { event: entry.event, state: statesBefore(effective)(index) };
  const now = { event: fact, state: statesBefore(after)(index) };
  const derived = derivedFields(before.event, patch, (event) => judge(event, before.state, judgedAt));
  const verdict = judge(without(now.event, derived), now.state, judgedAt);
  if ('broken' in verdict) assertNotWorse(verdict.broken, judge(before.event, before.state, judgedAt));
  const judged = 'event' in verdict ? verdict.event : undefined;
  const values = judged === undefined ? patch : withFields(patch, derived, before.event, judged);
  const effectiveOn = data.effectiveOn ?? earlier(day, legalDateIn(fact));
  return [{ ...corrected(values, effectiveOn), flags: judged?.flags ?? entry.event.flags ?? [] }];
}

/** No id of an event: the correction that is tried has none yet. */
const NEW = '';

/** The entry whose fields a correction of this event gives; what service and handler check persons by. */
export function correctedEntry(
  entries: readonly Entry[],
  effective: readonly Effective<Entry>[],
  targetEventId: string,
): Effective<Entry> | undefined {
  const root = rootOf(byEventId(entries), targetEventId);
  return root && find(effective, root.eventId);
}

const find = <E extends Entry>(entries: readonly Effective<E>[], eventId: string): Effective<E> | undefined =>
  entries.find(({ recorded }) => recorded.eventId === eventId);

/** Rule 53. */
function assertReason({ reason }: { readonly reason?: string }, on: LocalDate): string {
  if (reason !== undefined && !isBlank(reason)) return reason;
  throw ruleBroken('53', {
    on,
    detail: 'Rettelsen eller tilbaketrekkingen er ikke begrunnet.',
    feil: [fieldError('/reason', 'required', 'Skriv hva som var feil, og hvorfor.')],
  });
}

function assertPatch(type: CorrectableType, patch: Patch): void {
  invalid(patchErrors(shapeOfEntry(type), patch));
}

/** Fields that do not go together, by the same demand as when the entry was made. */
function assertRefined({ type, data }: CaseEvent): void {
  const errors = definitionFor(type).refine?.(data) ?? [];
  invalid(errors.map(inNewValues));
}

function invalid(feil: readonly FieldError[]): void {
  if (feil.length === 0) return;
  throw new RuleBroken({
    slug: 'invalid-request',
    detail: 'De nye verdiene passer ikke til oppføringen som skal rettes.',
    losning: 'Rett feltene i feil[], og send rettelsen på nytt.',
    feil,
  });
}

const inNewValues = (error: FieldError): FieldError => ({ ...error, felt: `/newValues${error.felt}` });

/** What is retracted says nothing that could be corrected. */
function assertStands(
  effective: readonly Effective<Entry>[],
  targetEventId: string,
  entry: Effective<Entry>,
  on: LocalDate,
): void {
  if (entry.retractedBy === undefined && find(effective, targetEventId)?.retractedBy === undefined) return;
  throw ruleBroken('53', {
    on,
    slug: 'already-done',
    detail: 'Oppføringen er trukket tilbake.',
    losning: 'Trekk tilbake tilbaketrekkingen først, eller registrer oppføringen på nytt.',
  });
}

/** The day from which a correction counts when nothing else is said: the entry's own. */
const dayOf = (event: CaseFact): LocalDate =>
  isCorrection(event) ? event.data.effectiveOn : legalDateIn(event);

const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);

/**
 * A correction is refused for what it breaks, not for what is broken already: a text can be put right in a decision whose
 * consent was retracted since.
 */
function assertNotWorse(broken: RuleBroken, before: Verdict): void {
  if ('broken' in before && before.broken.slug === broken.slug && before.broken.rule === broken.rule) return;
  throw new RuleBroken({
    slug: broken.slug,
    law: broken.law,
    detail: broken.detail,
    losning: broken.losning,
    ...(broken.rule === undefined ? {} : { rule: broken.rule }),
    ...(broken.kilde === undefined ? {} : { kilde: broken.kilde }),
    ...(broken.feil === undefined ? {} : { feil: broken.feil.map(inNewValues) }),
  });
}

/** Fields that the service fills in where they are left out: national codes, and the measures that a refusal affects. */
const FILLED_IN: readonly string[] = ['ssbCode', 'effect'];

/** Those of them that the entry has as the service would fill them in, and that the correction does not speak of. */
function derivedFields(
  event: CaseEvent,
  { newValues, removed = [] }: Patch,
  judged: (event: CaseEvent) => Verdict,
): readonly string[] {
  const own = fieldsOf(event);
  return FILLED_IN.filter((field) => {
    if (own[field] === undefined || field in newValues || removed.includes(field)) return false;
    const verdict = judged(without(event, [field]));
    return (
      'event' in verdict &&
      verdict.event !== undefined &&
      sameJson(fieldsOf(verdict.event)[field], own[field])
    );
  });
}

const fieldsOf = ({ data }: CaseEvent): Readonly<Record<string, unknown>> => data;

const without = (event: CaseEvent, fields: readonly string[]): CaseEvent =>
  ({
    ...event,
    data: Object.fromEntries(Object.entries(event.data).filter(([field]) => !fields.includes(field))),
  }) as unknown as CaseEvent;

/** The patch, and what the service fills in otherwise because of it. */
function withFields(patch: Patch, fields: readonly string[], before: CaseEvent, judged: CaseEvent): Patch {
  const [was, is] = [fieldsOf(before), fieldsOf(judged)];
  const changed = fields.filter((field) => !sameJson(was[field], is[field]));
  const gone = changed.filter((field) => is[field] === undefined);
  const set = changed
    .filter((field) => is[field] !== undefined)
    .map((field): [string, unknown] => [field, is[field]]);
  const removed = [...(patch.removed ?? []), ...gone];
  return {
    newValues: { ...patch.newValues, ...Object.fromEntries(set) },
    ...(removed.length === 0 ? {} : { removed }),
  };
}
