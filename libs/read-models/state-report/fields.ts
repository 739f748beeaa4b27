/** What of each event the figures are counted from. Pure. */
import type { JsonObject } from '#forlop/domain';
import { accessDeadline, legalDateOf, measureKind } from '#forlop/domain';
import type { Json } from '#forlop/projections';

/** A field of a row: the field of the event that it comes from, and how. */
interface Picked {
  readonly from: string;
  readonly take?: (value: Json) => Json | undefined;
}

const same = (...names: readonly string[]): Readonly<Record<string, Picked>> =>
  Object.fromEntries(names.map((from) => [from, { from }]));

const dateOf = (value: Json): Json | undefined =>
  typeof value === 'string' ? legalDateOf(value) : undefined;

const objects = (value: Json): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonObject[]) : [];

/** The category as decided; the catalogue's usual one where an old decision gives none. */
const decidedMeasures = (value: Json): Json =>
  objects(value).map(({ measureId, ssbCategory, catalogueCode, voluntary }) => {
    const usual = typeof catalogueCode === 'string' ? measureKind(catalogueCode)?.ssb[0] : undefined;
    return {
      measureId: measureId ?? null,
      category: ssbCategory ?? usual ?? null,
      voluntary: voluntary ?? false,
    };
  });

const measureIds = (value: Json): Json => objects(value).map(({ measureId }) => measureId ?? null);
const results = (value: Json): Json => objects(value).map(({ result }) => result ?? null);
/** A text that is there: sealed, it stands as null. */
const isThere = (): Json => true;

/** A provision as the key of a figure: `FVL1967-19-1-d`, with 0 for a paragraph that only the letter needs. */
const provisionKeys = (value: Json): Json =>
  objects(value).map(({ law, section, paragraph, letter }) => {
    const ofLetter = typeof letter === 'string' ? [letter] : [];
    const ofParagraph = typeof paragraph === 'number' ? [String(paragraph)] : ofLetter.map(() => '0');
    const ofSection = typeof section === 'string' ? [section.replaceAll(' ', '')] : [];
    return [...(typeof law === 'string' ? [law] : []), ...ofSection, ...ofParagraph, ...ofLetter].join('-');
  });

const accessDue = (value: Json): Json | undefined =>
  typeof value === 'string' ? accessDeadline(legalDateOf(value)).dueOn : undefined;

const plan = {
  ...same('planId', 'planType', 'durationUntil'),
  measureIds: { from: 'measures', take: measureIds },
};

const FIELDS: Readonly<Record<string, Readonly<Record<string, Picked>>>> = {
  ReferralReceived: {
    ...same('referralId', 'kind', 'childRef'),
    receivedOn: { from: 'receivedAt', take: dateOf },
  },
  ReferralAssessed: same('referralId', 'assessedOn', 'conclusion'),
  InvestigationOpened: same('investigationId', 'referralIds', 'startedOn'),
  InvestigationExtended: same('investigationId', 'granted'),
  InvestigationConcluded: same('investigationId', 'concludedOn', 'outcome'),
  ChildParticipationRecorded: same('phase', 'method', 'none', 'heldOn'),
  ConsentGiven: same('consentId', 'kind'),
  ConsentWithdrawn: same('consentId', 'on'),
  MeasureDecided: { ...same('decidedOn'), measures: { from: 'measures', take: decidedMeasures } },
  PlanEstablished: { ...plan, madeOn: { from: 'establishedOn' } },
  PlanRevised: { ...plan, madeOn: { from: 'revisedOn' } },
  MeasureStarted: same('measureId', 'startedOn'),
  EvaluationRecorded: {
    ...same('planId', 'evaluatedOn', 'nextDueOn'),
    results: { from: 'goals', take: results },
    childView: { from: 'childView', take: isThere },
    participation: { from: 'participation', take: isThere },
  },
  MeasureEnded: same('measureId', 'endedOn', 'reason'),
  EntryRetracted: same('effectiveOn', 'targetEventId'),
  InnsynRequested: {
    ...same('requestId'),
    receivedOn: { from: 'receivedAt', take: dateOf },
    dueOn: { from: 'receivedAt', take: accessDue },
  },
  InnsynDecided: {
    ...same('requestId', 'decidedOn', 'outcome'),
    provisions: { from: 'refusalBasis', take: provisionKeys },
  },
};

/** Whether figures are counted from events of the type. */
export const isCounted = (type: string): boolean => Object.hasOwn(FIELDS, type) || type === 'EntryCorrected';

/** The fields of an entry, or of as much of one as there is; `{}` for a type that nothing is counted from. */
export function fieldsOf(type: string, data: JsonObject): JsonObject {
  const picked: Record<string, Json> = {};
  for (const [name, { from, take }] of Object.entries(FIELDS[type] ?? {})) {
    const value = data[from];
    const taken = value === undefined ? undefined : take === undefined ? value : take(value);
    if (taken !== undefined) picked[name] = taken;
  }
  return picked;
}

/** What a correction says, in the fields of its target's rows. */
export function correctionOf(data: JsonObject): JsonObject {
  const { targetEventId = null, targetType, effectiveOn = null, newValues, removed } = data;
  const type = typeof targetType === 'string' ? targetType : '';
  const gone = Array.isArray(removed) ? (removed as readonly Json[]) : [];
  return {
    targetEventId,
    targetType: type,
    effectiveOn,
    newValues: fieldsOf(type, (newValues ?? {}) as JsonObject),
    removed: Object.entries(FIELDS[type] ?? {}).flatMap(([name, { from }]) =>
      gone.includes(from) ? [name] : [],
    ),
  };
}
