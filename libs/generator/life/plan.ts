/** The plan for the measures, who has seen it, how it is evaluated and changed (bvl §8-1). */
import { addMonths, addWeeks, type CaseCommandOf, type LocalDate } from '#forlop/domain';
import { CHANCES } from '../assumptions.js';
import { plus } from '../calendar.js';
import type { Weighted } from '../random.js';
import type { Act, CaseLife } from './case-life.js';
import type { Measure, Plan } from './measure.js';
import { hear } from './people.js';

type Content = Omit<CaseCommandOf<'RevisePlan'>['data'], 'planId' | 'revisedOn' | 'reason'>;

/** On the day of the decision, some days later, or not at all. */
export function makePlan(life: CaseLife, measures: readonly Measure[]): void {
  const { random } = life;
  if (random.chance(0.03)) return;
  const days = random.chance(CHANCES.planInTime)
    ? 0
    : random.chance(0.8)
      ? random.between(1, 14)
      : random.between(15, 50);
  life.in(days, (now) => {
    const running = measures.filter(({ hasEnded }) => !hasEnded);
    if (running.length > 0) establish(now, running);
  });
}

function establish(life: CaseLife, measures: readonly Measure[]): void {
  const { random } = life;
  if (random.chance(0.88)) hear(life, 'PLAN');
  const goals = Array.from({ length: random.between(1, 3) }, () => newGoal(life));
  const plan: Plan = {
    planId: random.uuid(),
    version: 1,
    goalIds: goals.map(({ goalId }) => goalId),
    goals,
    measures: [...measures],
    evaluations: 0,
  };
  for (const measure of measures) measure.plan = plan;
  life.give('EstablishPlan', { planId: plan.planId, establishedOn: life.today, ...contentOf(life, plan) });
  acknowledge(life, plan);
  if (random.chance(0.6)) life.in(random.between(1, 8), holdStartMeeting);
}

function newGoal(life: CaseLife) {
  const { random } = life;
  return {
    goalId: random.uuid(),
    text: life.text('goal'),
    ...(random.chance(0.93) ? { indicator: life.text('indicator') } : {}),
    baseline: random.chance(0.7) ? `${random.between(1, 4)} av 10` : 'Ikke målt',
    target: `${random.between(7, 10)} av 10`,
    dueOn: addWeeks(life.today, random.between(8, 26)),
  };
}

function contentOf(life: CaseLife, plan: Plan): Content {
  const { random, today } = life;
  const ends = plan.measures.map(({ endPlanned }) => endPlanned).sort();
  return {
    planType: '1',
    purpose: life.text('goal', 2),
    goals: plan.goals ?? [],
    measures: plan.measures.map(({ measureId, content }) => ({
      measureId,
      what: content,
      howOften: 'Som avtalt i vedtaket',
      who: 'Oppfølgingsteamet',
    })),
    durationUntil: later(ends.at(-1) ?? today, plus(today, 30)),
    roles: ['Primærkontakt: saksbehandler', 'Familieveileder: gjennomføring hjemme'],
    milestones: [`Første evaluering i uke ${random.between(4, 6)}`],
    firstEvaluationOn: addWeeks(today, random.between(4, 6)),
    mainEvaluationEvery: 'P3M',
    participation: life.text('opinion'),
    safety: life.text('safety'),
    emergency: life.text('emergency'),
    closingCriteria: [life.text('goal')],
  };
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

/** «Sett og forstått», by those with daily care and by a child who is old enough to read it. */
function acknowledge(life: CaseLife, { planId, version }: Plan): void {
  const readers = [
    ...life.household.guardians.filter(({ dailyCare }) => dailyCare).map(({ personId }) => personId),
    ...(life.age >= 12 ? [life.child.personId] : []),
  ];
  for (const personRef of readers) {
    if (!life.random.chance(0.7)) continue;
    life.in(life.random.between(0, 9), (now) =>
      now.give('AcknowledgePlan', {
        planId,
        version,
        acknowledgedOn: now.today,
        personRef,
        form: now.random.chance(0.5) ? 'Signert på møtet' : 'Godkjent digitalt',
      }),
    );
  }
}

const holdStartMeeting: Act = (life) => {
  life.give(
    'HoldStartMeeting',
    {
      on: life.today,
      participants: ['Mor', 'Barnet', 'Kontaktlærer', 'Oppfølgingsteamet'].slice(life.random.between(0, 1)),
      childPresent: life.age >= 7 && life.random.chance(0.6),
      interpreter: life.random.chance(0.08),
      agreed: life.text('agreed'),
    },
    life.colleague('OPPFOLGING'),
  );
};

/** The plan is evaluated for the first time some weeks after a start, and then every three months while a measure runs. */
export function evaluateFrom(life: CaseLife, plan: Plan): void {
  if (plan.evaluations > 0) return;
  plan.evaluations = 1;
  const { random } = life;
  if (random.chance(0.07)) return;
  life.in(
    random.chance(0.8) ? random.between(28, 40) : random.between(43, 90),
    evaluate(plan, 'FORSTE_4_6_UKER'),
  );
}

type Kind = CaseCommandOf<'RecordEvaluation'>['data']['kind'];
type Result = CaseCommandOf<'RecordEvaluation'>['data']['goals'][number]['result'];
const RESULTS: Weighted<Result> = [
  ['NADD', 18],
  ['FREMGANG', 47],
  ['UENDRET', 26],
  ['FORVERRET', 9],
];

const evaluate =
  (plan: Plan, kind: Kind): Act =>
  (life) => {
    const running = plan.measures.filter(({ startedOn, hasEnded }) => startedOn !== undefined && !hasEnded);
    if (running.length === 0) return;
    recordEvaluation(life, plan, kind, running);
    if (life.random.chance(0.22)) life.in(life.random.between(1, 10), revise(plan));
    const next = life.random.chance(0.85) ? life.random.between(75, 89) : life.random.between(95, 150);
    life.in(next, evaluate(plan, life.random.chance(0.12) ? 'MINI' : 'KVARTAL'));
  };

/** @returns the evaluation's id */
export function recordEvaluation(
  life: CaseLife,
  plan: Plan,
  kind: Kind,
  measures: readonly Measure[],
): string {
  const { random, today } = life;
  const evaluationId = random.uuid();
  const isOfAge = life.birthday(18) <= today;
  const results = plan.goalIds.map((goalId) => ({
    goalId,
    ...(random.chance(0.93) ? { observed: life.text('observed') } : {}),
    result: random.weighted(RESULTS),
  }));
  const works = results.some(({ result }) => result === 'NADD' || result === 'FREMGANG');
  life.give('RecordEvaluation', {
    evaluationId,
    planId: plan.planId,
    planVersion: plan.version,
    evaluatedOn: today,
    kind,
    period: { from: addMonths(today, -2), to: today },
    goals: results,
    worksAsIntended: works,
    needForNewMeasures: random.chance(works ? 0.08 : 0.45),
    ...(isOfAge ? { shouldCease: random.chance(0.5) } : { groundsForCareOrder: random.chance(0.01) }),
    ...(random.chance(0.87) ? { childView: life.text('opinion') } : {}),
    parentView: life.text('parentView'),
    measures: measures.map(({ measureId }) => ({
      measureId,
      recommendation:
        kind === 'AVSLUTTENDE'
          ? ('AVSLUTT' as const)
          : works
            ? ('FORTSETT' as const)
            : random.pick(['JUSTER', 'BYTT'] as const),
    })),
    evaluators: [{ name: { first: 'Testine', last: 'Eksempel' }, role: 'Saksbehandler' }],
    ...(kind === 'AVSLUTTENDE' ? {} : { nextDueOn: addMonths(today, 3) }),
  });
  plan.evaluations += 1;
  plan.lastEvaluationId = evaluationId;
  return evaluationId;
}

export const revise =
  (plan: Plan, added: readonly Measure[] = []): Act =>
  (life) => {
    plan.measures.push(...added.filter((measure) => !plan.measures.includes(measure)));
    if (plan.measures.every(({ hasEnded }) => hasEnded)) return;
    life.give('RevisePlan', {
      planId: plan.planId,
      revisedOn: life.today,
      ...contentOf(life, plan),
      reason: life.text('adjust', 2),
    });
    plan.version += 1;
    for (const measure of added) measure.plan = plan;
  };
