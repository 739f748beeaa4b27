import type { CaseEventOf, CaseEventType, Envelope, JsonObject, Settled } from '#forlop/domain';
import { isJudged } from '#forlop/domain';
import type { Row, RowOperation } from '#forlop/projections';
import { merge, remove, upsert } from '#forlop/projections';
import { CASE_STREAM, envelopeOf, idIn, ownerOf } from '../entry.js';
import type { RestatedEvent } from '../restated.js';
import { caseItemTable, caseOverviewTable } from './tables.js';

/** An event of a case. Texts in its data are null: they are sealed. */
export interface CaseChange<T extends CaseEventType = CaseEventType> {
  readonly caseId: string;
  readonly data: CaseEventOf<T>['data'];
  readonly envelope: Envelope;
  readonly event: RestatedEvent;
}

/** What an event of a type changes besides revision and position of its case. */
export type ChangesOf<T extends CaseEventType> = (change: CaseChange<T>) => readonly RowOperation[];
export type Changes = { readonly [T in CaseEventType]?: ChangesOf<T> };

/** The things in a case. */
export type ItemKind =
  | 'referral'
  | 'investigation'
  | 'participation'
  | 'party'
  | 'consent'
  | 'refusal'
  | 'decision'
  | 'plan'
  | 'measure'
  | 'document'
  | 'task';

export function caseChange(event: RestatedEvent): CaseChange | undefined {
  const caseId = idIn(CASE_STREAM, event.streamId);
  if (caseId === undefined) return undefined;
  return { caseId, data: event.data as unknown as CaseChange['data'], envelope: envelopeOf(event), event };
}

/** Lays columns over the row of the case; each event moves its position and revision. */
export const onCase = ({ caseId, envelope, event }: CaseChange, row: Row = {}): RowOperation =>
  merge(caseOverviewTable, {
    case_id: caseId,
    position: event.position,
    revision: event.revision,
    changed_at: event.recordedAt,
    ...ownerOf(envelope),
    ...row,
  });

export const settle = (change: CaseChange, settled: Settled): RowOperation => onCase(change, { settled });

/** Adds the event to a thing of the case, with its payload for the texts, and facts to be told without opening it. */
export const withEvent = (
  change: CaseChange,
  kind: ItemKind,
  key: string,
  facts: JsonObject = {},
): RowOperation => merge(caseItemTable, itemRow(change, kind, key, facts, change.event.payload));

/** Adds facts to a thing of the case, which needs no text of the event. */
export const withFacts = (change: CaseChange, kind: ItemKind, key: string, facts: JsonObject): RowOperation =>
  merge(caseItemTable, itemRow(change, kind, key, facts));

/** Something that is left to do. Derived, never an event: it goes when an event shows that it was done. */
export interface Task {
  readonly kind: 'NOTIFY_PARTIES' | 'REVISE_PLAN' | 'END_OR_DECIDE_MEASURE';
  /** Number of the rule that asks for it. */
  readonly rule: string;
  /** Where a rule asks for it at once: the legal date of what caused it. */
  readonly dueOn: string;
  /** What it is about. */
  readonly subject: string;
  /** The measure and the consent that it concerns. */
  readonly of?: { readonly measureId: string; readonly consentId: string };
}

/** None where the rules do not judge: what was done under an older law leaves nothing to do by this one. */
export function openTask(change: CaseChange, { kind, rule, dueOn, subject, of }: Task): RowOperation[] {
  if (!isJudged(dueOn)) return [];
  const causedBy = change.event.eventId;
  const row = itemRow(change, 'task', `${rule}:${subject}`, { kind, rule, dueOn, causedBy, ...of });
  return [upsert(caseItemTable, row)];
}

export const closeTask = ({ caseId }: CaseChange, rule: string, subject: string): RowOperation =>
  remove(caseItemTable, { case_id: caseId, kind: 'task', item_key: `${rule}:${subject}` });

function itemRow(
  { caseId, envelope, event }: CaseChange,
  kind: ItemKind,
  key: string,
  document: JsonObject,
  payload?: string,
): Row {
  const { eventId, type, schemaVersion, position, amended } = event;
  const opening = payload === undefined ? {} : { payload, ...(amended && { amended: { ...amended } }) };
  const source = { eventId, type, schemaVersion, ...opening } as unknown as JsonObject;
  return {
    case_id: caseId,
    kind,
    item_key: key,
    position,
    document,
    sources: { [position]: source },
    ...ownerOf(envelope),
  };
}
