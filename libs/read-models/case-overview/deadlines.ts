/** The statutory deadlines of a case as they stand on a day: what is due, what was met, how late. Pure. */
import type { CaseEventOf, Deadline, LocalDate } from '#forlop/domain';
import { complaintDeadline, daysLate, dutyDeadline, firstEvaluationDeadline, isJudged } from '#forlop/domain';
import { byDay, dataOf, ofKind } from './item.js';
import type { Item } from './item.js';
import type { MeasureDates } from './state.js';

/** A deadline (frist) of a case. */
export interface CaseDeadline {
  /** D-number of model.md section 7. */
  readonly rule: string;
  readonly dueOn: LocalDate;
  /** The same, or the next virkedag. */
  readonly dueOnRolled: LocalDate;
  readonly metOn?: LocalDate;
  /** Days late when met, or until today; absent while there is time. */
  readonly daysLate?: number;
  /** The referral, investigation, decision, measure or plan that it belongs to. */
  readonly subject: string;
}

/** All of a case that the rules judge, by the day on which they are due. */
export function deadlinesOf(items: readonly Item[], today: LocalDate): CaseDeadline[] {
  const plans = ofKind(items, 'plan');
  return [
    ...ofKind(items, 'referral').flatMap((item) => reviewOf(item, today)),
    ...ofKind(items, 'investigation').flatMap((item) => investigationOf(item, today)),
    ...ofKind(items, 'decision').flatMap((item) => [...planOf(item, plans, today), ...complaintOf(item)]),
    ...plans.flatMap((item) => evaluationsOf(item, ofKind(items, 'measure'), today)),
  ]
    .filter(({ dueOn }) => isJudged(dueOn))
    .sort(byDay(({ dueOn }) => dueOn));
}

function standing(
  { rule, dueOn, dueOnRolled, countedOn }: Deadline,
  subject: string,
  metOn: LocalDate | undefined,
  today: LocalDate,
): CaseDeadline {
  const late = daysLate({ rule, dueOn, dueOnRolled, countedOn }, metOn ?? today);
  return {
    rule,
    dueOn,
    dueOnRolled,
    ...(metOn === undefined ? {} : { metOn }),
    ...(late > 0 ? { daysLate: late } : {}),
    subject,
  };
}

/** D1: the review of a referral. */
function reviewOf(item: Item, today: LocalDate): CaseDeadline[] {
  const [received] = dataOf(item, 'ReferralReceived');
  const [assessed] = dataOf(item, 'ReferralAssessed');
  return received === undefined
    ? []
    : [standing(dutyDeadline('D1', received.reviewDueOn), item.key, assessed?.assessedOn, today)];
}

/** D4, or D5 once more time was granted. */
function investigationOf(item: Item, today: LocalDate): CaseDeadline[] {
  const [opened] = dataOf(item, 'InvestigationOpened');
  if (opened === undefined) return [];
  const granted = dataOf(item, 'InvestigationExtended').findLast(
    (extension) => String(extension.granted) === '1',
  );
  const deadline =
    granted?.newDueOn === undefined ? dutyDeadline('D4', opened.dueOn) : dutyDeadline('D5', granted.newDueOn);
  const [concluded] = dataOf(item, 'InvestigationConcluded');
  return [standing(deadline, item.key, concluded?.concludedOn, today)];
}

/** D7: a plan for what was decided. */
function planOf(item: Item, plans: readonly Item[], today: LocalDate): CaseDeadline[] {
  const [decided] = dataOf(item, 'MeasureDecided');
  if (decided === undefined || decided.decisionType === 'OPPHORT') return [];
  const measures = decided.measures.map(({ measureId }) => measureId);
  const planned = plans
    .flatMap(versionsOf)
    .filter((version) => (version.measures ?? []).some(({ measureId }) => measures.includes(measureId)))
    .map(({ madeOn }) => madeOn)
    .sort();
  return [standing(dutyDeadline('D7', decided.planDueOn), item.key, planned[0], today)];
}

type PlanVersion = Pick<CaseEventOf<'PlanEstablished'>['data'], 'measures'> & { readonly madeOn: LocalDate };

const versionsOf = (plan: Item): PlanVersion[] => [
  ...dataOf(plan, 'PlanEstablished').map(({ measures, establishedOn }) => ({
    ...(measures === undefined ? {} : { measures }),
    madeOn: establishedOn,
  })),
  ...dataOf(plan, 'PlanRevised').map(({ measures, revisedOn }) => ({
    ...(measures === undefined ? {} : { measures }),
    madeOn: revisedOn,
  })),
];

/** D12: a right of the party who was reached last; nobody is late with it. */
function complaintOf(item: Item): CaseDeadline[] {
  const reachedOn = dataOf(item, 'DecisionNotified')
    .flatMap(({ recipients }) => recipients)
    .flatMap(({ capacity, reachedOn: on }) => (capacity === 'PART' && on !== undefined ? [on] : []))
    .sort()
    .at(-1);
  if (reachedOn === undefined) return [];
  const { rule, dueOn, dueOnRolled } = complaintDeadline(reachedOn);
  return [{ rule, dueOn, dueOnRolled, subject: item.key }];
}

/** Plantype 7 and 8 are plans for an investigation: they have no measures to evaluate. */
const FOR_INVESTIGATION = ['7', '8'];

/**
 * D9 and D10: the first evaluation of a plan, and after each the next. One that nobody made is due only while a measure of
 * the plan has not ended.
 */
function evaluationsOf(plan: Item, measures: readonly Item[], today: LocalDate): CaseDeadline[] {
  const [established] = dataOf(plan, 'PlanEstablished');
  if (established === undefined || FOR_INVESTIGATION.includes(established.planType)) return [];
  const planned = new Set(
    versionsOf(plan)
      .flatMap((version) => version.measures ?? [])
      .map((one) => one.measureId),
  );
  const dates = measures
    .filter(({ key }) => planned.has(key))
    .map(({ document }) => document as MeasureDates);
  const goesOn = dates.some(({ endedOn }) => endedOn === undefined);
  const evaluations = dataOf(plan, 'EvaluationRecorded').toSorted(byDay(({ evaluatedOn }) => evaluatedOn));
  const due = [
    dutyDeadline('D9', firstDue(dates, established.firstEvaluationOn)),
    ...evaluations.map(({ nextDueOn }) => nextDueOn && dutyDeadline('D10', nextDueOn)),
  ];
  return due.flatMap((deadline, index) => {
    const metOn = evaluations[index]?.evaluatedOn;
    if (!deadline || (metOn === undefined && !goesOn)) return [];
    return [standing(deadline, plan.key, metOn, today)];
  });
}

/** Six weeks after the first of the plan's measures started; as the plan says while none has. */
function firstDue(dates: readonly MeasureDates[], planned: LocalDate): LocalDate {
  const [first] = dates.flatMap(({ startedOn }) => startedOn ?? []).sort();
  return first === undefined ? planned : firstEvaluationDeadline(first).dueOn;
}
