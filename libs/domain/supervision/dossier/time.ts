/** Was the law's time kept: review within a week, investigation within three or six months, plan with the decision. */
import { osloDate, type LocalDate } from '../../kernel/dates.js';
import {
  daysLate,
  extendedInvestigationDeadline,
  investigationDeadline,
  planDeadline,
  PLAN_GRACE_DAYS,
  reviewDeadline,
  type Deadline,
} from '../../law/deadlines.js';
import { isJudged } from '../../law/rulesets.js';
import { answered, ofType, type DossierQuestion, type Finding, type KnownFact } from './finding.js';

/** What was to be done by a day, and when it was. */
interface Duty {
  readonly deadline: Deadline;
  readonly doneOn: LocalDate | undefined;
  readonly what: string;
  readonly evidence: readonly string[];
  /** Days after the deadline until what is not done counts as missed. */
  readonly grace?: number;
}

function findingOf({ deadline, doneOn, what, evidence, grace = 0 }: Duty, on: LocalDate): Finding {
  if (doneOn !== undefined) {
    const late = daysLate(deadline, doneOn);
    return late === 0
      ? { held: true, evidence }
      : { held: false, evidence, remark: `${what} kom ${late} dager etter fristen ${deadline.dueOn}.` };
  }
  return daysLate(deadline, on) > grace
    ? { held: false, evidence, remark: `${what} mangler; fristen var ${deadline.dueOn}.` }
    : { held: undefined, evidence };
}

const reviews = (facts: readonly KnownFact[]): readonly Duty[] =>
  ofType(facts, 'ReferralReceived').map(({ eventId, data }) => {
    const review = ofType(facts, 'ReferralAssessed').find((r) => r.data.referralId === data.referralId);
    return {
      deadline: reviewDeadline(osloDate(data.receivedAt)),
      doneOn: review?.data.assessedOn,
      what: 'Gjennomgangen av meldingen',
      evidence: [eventId, ...(review === undefined ? [] : [review.eventId])],
    };
  });

const investigations = (facts: readonly KnownFact[]): readonly Duty[] =>
  ofType(facts, 'InvestigationOpened').map(({ eventId, data }) => {
    const { investigationId, referralIds = [], startedOn } = data;
    const first = ofType(facts, 'ReferralReceived')
      .filter((referral) => referralIds.includes(referral.data.referralId))
      .map((referral) => osloDate(referral.data.receivedAt))
      .sort()[0];
    const extension = ofType(facts, 'InvestigationExtended').findLast(
      (e) => e.data.investigationId === investigationId && e.data.granted === '1',
    );
    const end = ofType(facts, 'InvestigationConcluded').find(
      (c) => c.data.investigationId === investigationId,
    );
    const given = extension?.data.newDueOn;
    const limit =
      given === undefined
        ? investigationDeadline(first ?? startedOn)
        : { ...extendedInvestigationDeadline(first ?? startedOn), dueOn: given };
    return {
      deadline: limit,
      doneOn: end?.data.concludedOn,
      what: 'Konklusjonen av undersøkelsen',
      evidence: [eventId, ...[extension, end].flatMap((e) => (e === undefined ? [] : [e.eventId]))],
    };
  });

/** Measures that a decision brings to an end, or that are acute, need no plan. */
const PLANLESS = ['OPPHORT', 'AKUTT_4_1'];

function plans(facts: readonly KnownFact[]): readonly Duty[] {
  const planned = [
    ...ofType(facts, 'PlanEstablished').map(({ eventId, data }) => ({
      eventId,
      on: data.establishedOn,
      measures: data.measures,
    })),
    ...ofType(facts, 'PlanRevised').map(({ eventId, data }) => ({
      eventId,
      on: data.revisedOn,
      measures: data.measures,
    })),
  ].sort((a, b) => (a.on < b.on ? -1 : 1));
  const seen = new Set<string>();
  return ofType(facts, 'MeasureDecided').flatMap(({ eventId, data }) => {
    const fresh = data.measures.map(({ measureId }) => measureId).filter((id) => !seen.has(id));
    fresh.forEach((id) => seen.add(id));
    if (fresh.length === 0 || PLANLESS.includes(data.decisionType)) return [];
    const plan = planned.find(({ measures = [] }) => measures.some((m) => fresh.includes(m.measureId)));
    return [
      {
        deadline: planDeadline(data.decidedOn),
        doneOn: plan?.on,
        what: 'Tiltaksplanen',
        evidence: [eventId, ...(plan === undefined ? [] : [plan.eventId])],
        grace: PLAN_GRACE_DAYS,
      },
    ];
  });
}

/** `on`: the day that what is still undone is judged on. */
export function wasTimeKept(facts: readonly KnownFact[], on: LocalDate): DossierQuestion {
  const findings = [...reviews(facts), ...investigations(facts), ...plans(facts)]
    .filter(({ deadline }) => isJudged(deadline.dueOn))
    .map((duty) => findingOf(duty, on));
  return answered(
    {
      id: 'fristene-holdt',
      question: 'Ble lovens frister holdt?',
      counted: 'frister for gjennomgang, undersøkelse og plan ble holdt',
      nothing: 'Ingen av lovens frister er kommet ennå.',
    },
    findings,
    facts,
  );
}
