/** A case as `GET /cases/{id}` shows it, put together from its opened things. Pure. */
import type { CaseEventOf, CaseStatus, JsonObject, LocalDate, Settled } from '#forlop/domain';
import type { ItemKind } from './case-event.js';
import type { CaseDeadline } from './deadlines.js';
import { deadlinesOf } from './deadlines.js';
import type { Item } from './item.js';
import { byDay, dataOf, ofKind } from './item.js';
import type { CaseStanding, MeasureDates, MeasureState } from './state.js';
import { caseStatusOf, isInForce, measureStateOf } from './state.js';
import type { TaskView } from './tasks.js';
import { tasksOf } from './tasks.js';

type DataOf<T extends Parameters<typeof dataOf>[1]> = CaseEventOf<T>['data'];

export interface ConsentView {
  readonly consentId: string;
  /** Whether it is in force today. */
  readonly effective: boolean;
  readonly withdrawal?: DataOf<'ConsentWithdrawn'>;
  readonly [field: string]: unknown;
}

export interface MeasureView {
  readonly measureId: string;
  readonly catalogueCode: string;
  readonly state: MeasureState;
  readonly startedOn: LocalDate | null;
  readonly endedOn: LocalDate | null;
  readonly [fact: string]: unknown;
}

/** Everything but the documents, which have a list of their own. */
export interface CaseOverview {
  readonly caseId: string;
  readonly personId: string;
  readonly municipality: string;
  readonly district?: string;
  readonly state: CaseStatus;
  readonly revision: number;
  readonly referrals: readonly object[];
  readonly investigations: readonly object[];
  readonly participations: readonly object[];
  readonly parties: readonly object[];
  readonly consents: readonly ConsentView[];
  readonly refusals: readonly object[];
  readonly decisions: readonly object[];
  readonly plans: readonly object[];
  readonly measures: readonly MeasureView[];
  readonly deadlines: readonly CaseDeadline[];
  readonly tasks: readonly TaskView[];
}

export interface CaseRow {
  readonly caseId: string;
  readonly personId: string;
  readonly municipality: string;
  readonly district: string | null;
  readonly settled: Settled | null;
  readonly revision: number;
}

/** @param today in Oslo: what is effective and what is late hangs on it */
export function overviewOf(row: CaseRow, items: readonly Item[], today: LocalDate): CaseOverview {
  const measures = measuresOf(items);
  const ended = new Set(measures.filter(({ endedOn }) => endedOn !== null).map(({ measureId }) => measureId));
  return {
    caseId: row.caseId,
    personId: row.personId,
    municipality: row.municipality,
    ...(row.district === null ? {} : { district: row.district }),
    state: caseStatusOf(standingOf(row, items)),
    revision: row.revision,
    referrals: ofKind(items, 'referral').map(referralOf),
    investigations: ofKind(items, 'investigation').map(investigationOf),
    participations: ofKind(items, 'participation').flatMap((item) =>
      dataOf(item, 'ChildParticipationRecorded'),
    ),
    parties: ofKind(items, 'party').map(partyOf),
    consents: ofKind(items, 'consent').flatMap((item) => consentOf(item, ended, today)),
    refusals: ofKind(items, 'refusal').flatMap((item) => dataOf(item, 'ConsentRefused')),
    decisions: ofKind(items, 'decision').map(decisionOf),
    plans: ofKind(items, 'plan').map(planOf),
    measures,
    deadlines: deadlinesOf(items, today),
    tasks: tasksOf(items, today),
  };
}

/** The same numbers as the list of cases counts in SQL. */
export function standingOf({ settled }: Pick<CaseRow, 'settled'>, items: readonly Item[]): CaseStanding {
  const count = (kind: ItemKind, holds: (facts: JsonObject) => boolean) =>
    ofKind(items, kind).filter(({ document }) => holds(document)).length;
  return {
    settled,
    running: count('measure', (facts) => 'startedOn' in facts && !('endedOn' in facts)),
    investigating: count('investigation', (facts) => !('concludedOn' in facts)),
    pending: count('measure', isPending),
    unreviewed: count('referral', (facts) => !('conclusion' in facts) && !('investigationId' in facts)),
    awaiting: count(
      'referral',
      (facts) => facts['conclusion'] === 'INVESTIGATE' && !('investigationId' in facts),
    ),
    ended: count('measure', (facts) => 'startedOn' in facts && 'endedOn' in facts),
  };
}

const isPending = (facts: JsonObject): boolean =>
  'decidedOn' in facts &&
  !('startedOn' in facts) &&
  !('endedOn' in facts) &&
  facts['decisionType'] !== 'OPPHORT';

function referralOf(item: Item): object {
  const assessment = dataOf(item, 'ReferralAssessed').at(-1);
  return { ...dataOf(item, 'ReferralReceived')[0], ...(assessment && { assessment }) };
}

/** What the referrals said of a person, and over it the party status: the latest assessed, the last recorded of one day. */
function partyOf(item: Item): object {
  const status = dataOf(item, 'PartyStatusAssessed').toSorted(byDay(({ assessedOn }) => assessedOn));
  return { ...item.document, ...status.at(-1) };
}

function investigationOf(item: Item): object {
  const conclusion = dataOf(item, 'InvestigationConcluded')[0];
  return {
    ...dataOf(item, 'InvestigationOpened')[0],
    extensions: dataOf(item, 'InvestigationExtended'),
    ...(conclusion && { conclusion }),
  };
}

function consentOf(item: Item, ended: ReadonlySet<string>, today: LocalDate): ConsentView[] {
  const [given] = dataOf(item, 'ConsentGiven');
  const [withdrawal] = dataOf(item, 'ConsentWithdrawn');
  if (given === undefined) return [];
  const effective = isInForce(given, withdrawal !== undefined, ended, today);
  return [{ ...given, effective, ...(withdrawal && { withdrawal }) }];
}

/** A henleggelse is a decision too; it has no type among those of measures. */
function decisionOf(item: Item): object {
  const [measures] = dataOf(item, 'MeasureDecided');
  const [conclusion] = dataOf(item, 'InvestigationConcluded');
  return {
    ...(measures ??
      (conclusion && { ...conclusion, decisionType: 'HENLEGGELSE', decidedOn: conclusion.concludedOn })),
    notifications: dataOf(item, 'DecisionNotified'),
  };
}

/** The version in force, with all that was said of the plan. */
function planOf(item: Item): object {
  const revisions = dataOf(item, 'PlanRevised');
  return {
    ...dataOf(item, 'PlanEstablished')[0],
    ...revisions.at(-1),
    state: revisions.length === 0 ? 'ESTABLISHED' : 'REVISED',
    acknowledgements: dataOf(item, 'PlanAcknowledged'),
    evaluations: dataOf(item, 'EvaluationRecorded'),
  };
}

function measuresOf(items: readonly Item[]): MeasureView[] {
  const consented = new Set(
    ofKind(items, 'consent')
      .filter((item) => dataOf(item, 'ConsentWithdrawn').length === 0)
      .flatMap((item) => dataOf(item, 'ConsentGiven'))
      .flatMap(({ kind, subjectIds }) => (kind === 'TILTAK' ? subjectIds : [])),
  );
  return ofKind(items, 'measure').map(({ key, document }) => {
    const facts = document as JsonObject & MeasureDates & { readonly catalogueCode: string };
    return {
      ...facts,
      measureId: key,
      catalogueCode: facts.catalogueCode,
      state: measureStateOf(facts, consented.has(key)),
      startedOn: facts.startedOn ?? null,
      endedOn: facts.endedOn ?? null,
    };
  });
}
