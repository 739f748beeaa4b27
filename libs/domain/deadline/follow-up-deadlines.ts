/** D8, D9 and D10: the weeks after a measure has started, and the evaluations of its plan. */
import { addDays, type LocalDate } from '../kernel/dates.js';
import { dutyDeadline, firstEvaluationDeadline, weeklyStatusDeadline } from '../law/deadlines.js';
import { versionsOf } from './decision-deadlines.js';
import { metBy, type StandingDeadline } from './standing.js';
import { saidIn, type CaseThing, type CaseThings, type MeasureDays, type Said } from './things.js';

/** Weeks after the start that ask for a status each. */
const WEEKS = [1, 2, 3, 4, 5, 6] as const;

/** Plantype 7 and 8 are plans for an investigation: they have no measures to evaluate. */
const FOR_INVESTIGATION = ['7', '8'];

/**
 * D8: a status in each of the first weeks of a measure, until the plan was evaluated or the measure ended. A week that had
 * none stays without: a later status is that of its own week.
 */
export function statusesOf(
  { key, startedOn, startedByEventId, endedOn }: MeasureDays,
  { plans, statuses }: Pick<CaseThings, 'plans' | 'statuses'>,
): StandingDeadline[] {
  if (startedOn === undefined || startedByEventId === undefined) return [];
  const own = plans.filter((plan) => versionsOf(plan).some(({ measures }) => measures.includes(key)));
  const about = new Set([key, ...own.map((plan) => plan.key)]);
  const said = statuses.filter(({ data }) => about.has(data.measureId ?? '') || about.has(data.planId ?? ''));
  const until = [...evaluationDays(own), ...(endedOn === undefined ? [] : [endedOn])].sort()[0];
  return WEEKS.map((week) => {
    const weekly = {
      ...weeklyStatusDeadline(startedOn, week),
      kind: 'duty' as const,
      slot: `D8:${week}`,
      subject: key,
      triggerEventId: startedByEventId,
      triggeredOn: startedOn,
    };
    const from = week === 1 ? startedOn : addDays(startedOn, 7 * (week - 1) + 1);
    const status = said.find(({ data: { on } }) => from <= on && on <= weekly.dueOn);
    return metBy(weekly, status && { eventId: status.eventId, on: status.data.on });
  }).filter(({ metOn, dueOn }) => metOn !== undefined || until === undefined || dueOn < until);
}

const evaluationDays = (plans: readonly CaseThing[]): LocalDate[] =>
  plans.flatMap((plan) => saidIn(plan, 'EvaluationRecorded').map(({ data }) => data.evaluatedOn));

/**
 * D9 and D10: the first evaluation of a plan, and after each the next. One that nobody made is due only while a measure of
 * the plan has not ended; what had run out by then stays missed.
 */
export function evaluationsOf(plan: CaseThing, measures: readonly MeasureDays[]): StandingDeadline[] {
  const [established] = saidIn(plan, 'PlanEstablished');
  if (established === undefined || FOR_INVESTIGATION.includes(established.data.planType)) return [];
  const planned = new Set(versionsOf(plan).flatMap((version) => version.measures));
  const own = measures.filter(({ key }) => planned.has(key));
  const ends = own.flatMap(({ endedOn }) => endedOn ?? []).sort();
  const ceasedOn = ends.length < own.length ? undefined : ends.at(-1);
  const evaluations = saidIn(plan, 'EvaluationRecorded').toSorted(byDay);
  const due = [
    firstDue(plan.key, own, established),
    ...evaluations.map((evaluation) => nextDue(plan.key, evaluation)),
  ];
  return due.flatMap((deadline, index) => {
    const met = evaluations[index];
    if (deadline === undefined || own.length === 0) return [];
    if (met !== undefined) return [metBy(deadline, { eventId: met.eventId, on: met.data.evaluatedOn })];
    if (ceasedOn === undefined) return [deadline];
    return deadline.kind === 'duty' && deadline.dueOn < ceasedOn ? [{ ...deadline, ceasedOn }] : [];
  });
}

const byDay = (a: Said<'EvaluationRecorded'>, b: Said<'EvaluationRecorded'>): number =>
  a.data.evaluatedOn < b.data.evaluatedOn ? -1 : a.data.evaluatedOn > b.data.evaluatedOn ? 1 : 0;

/**
 * Six weeks after the first of the plan's measures started. While none has, the day that the plan says, which is no duty yet:
 * the measure is followed up once the decision is carried out (bvl §8-1 first paragraph).
 */
function firstDue(
  subject: string,
  measures: readonly MeasureDays[],
  { eventId, data }: Said<'PlanEstablished'>,
): StandingDeadline {
  const [first] = measures
    .flatMap(({ startedOn, startedByEventId = eventId }) =>
      startedOn === undefined ? [] : [{ startedOn, startedByEventId }],
    )
    .sort((a, b) => (a.startedOn < b.startedOn ? -1 : a.startedOn > b.startedOn ? 1 : 0));
  const own = { slot: 'D9', subject };
  return first === undefined
    ? {
        ...dutyDeadline('D9', data.firstEvaluationOn),
        ...own,
        kind: 'planned',
        triggerEventId: eventId,
        triggeredOn: data.establishedOn,
      }
    : {
        ...firstEvaluationDeadline(first.startedOn),
        ...own,
        kind: 'duty',
        triggerEventId: first.startedByEventId,
        triggeredOn: first.startedOn,
      };
}

/** D10, as the evaluation before it says; none after a final one. */
const nextDue = (
  subject: string,
  { eventId, data: { evaluationId, evaluatedOn, nextDueOn } }: Said<'EvaluationRecorded'>,
): StandingDeadline | undefined =>
  nextDueOn === undefined
    ? undefined
    : {
        ...dutyDeadline('D10', nextDueOn),
        kind: 'duty',
        slot: `D10:${evaluationId}`,
        subject,
        triggerEventId: eventId,
        triggeredOn: evaluatedOn,
      };
