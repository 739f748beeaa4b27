/** A decided measure starts, is followed, perhaps continued or replaced, and ends. */
import { addWeeks, type Actor, type CaseCommandOf, type LocalDate } from '#forlop/domain';
import { CHANCES, END_REASONS, MEASURE_DAYS, START_DAYS } from '../assumptions.js';
import { plus } from '../calendar.js';
import { employee } from '../places.js';
import { ageGroup, MEASURES } from '../statistics.js';
import type { Act, CaseLife } from './case-life.js';
import type { Coded } from './codes.js';
import { consentOfNewParties, consentTo, decide, newMeasure } from './decision.js';
import { journal } from './journal.js';
import type { Measure } from './measure.js';
import { hear } from './people.js';
import { evaluateFrom, makePlan, recordEvaluation, revise } from './plan.js';

/** Decides on new measures today, and plans the plan, the start and all that follows. */
export function decideMeasures(
  life: CaseLife,
  measures: readonly Measure[],
): { readonly decisionId: string; readonly grounds: readonly Coded[] } {
  const decision = decide(life, 'NYTT', measures);
  life.measures.push(...measures);
  makePlan(life, measures);
  for (const measure of measures) life.in(life.random.days(START_DAYS), start(measure));
  return decision;
}

const MUST_SHOW = ['PRIVATPERSON', 'PRIVAT_VIRKSOMHET', 'FRIVILLIG'];

const start =
  (measure: Measure): Act =>
  (life) => {
    const { random, today } = life;
    if (measure.hasEnded) return;
    if (random.chance(0.015)) return withdraw(life, measure);
    consentOfNewParties(life, [measure]);
    const since = measure.consentIds.filter((id) => !measure.citedConsentIds.includes(id));
    life.give(
      'StartMeasure',
      {
        measureId: measure.measureId,
        startedOn: today,
        provider: measure.provider,
        ...(since.length > 0 ? { consentIds: since } : {}),
        ...(MUST_SHOW.includes(measure.provider.type)
          ? { policeCertificateSeenOn: plus(today, -random.between(0, 30)) }
          : {}),
      },
      random.chance(0.5) ? life.colleague('OPPFOLGING') : life.caseworker,
    );
    measure.startedOn = today;
    if (measure.endPlanned <= plus(today, 20)) measure.endPlanned = plus(today, random.between(40, 120));
    if (measure.plan !== undefined) evaluateFrom(life, measure.plan);
    followWeeks(life, measure);
    if (random.chance(CHANCES.withdrawn)) life.in(random.between(10, 200), (now) => withdraw(now, measure));
    life.perhapsReferredAgain(CHANCES.againAYear * 0.5, [10, 180]);
    life.perhapsReferredAgain(CHANCES.againAYear * 0.5, [100, 330]);
    planEnd(life, measure);
  };

/** A status in each of the first weeks; of a few, in every week until the end; of others, now and then. */
function followWeeks(life: CaseLife, measure: Measure): void {
  const share = life.random.chance(0.6) ? 0.8 : 0.1;
  const weeks = measure.isWeekly ? 400 : 6;
  const step = (week: number): Act => {
    return (now) => {
      if (measure.hasEnded || week > weeks) return;
      if (measure.isWeekly || now.random.chance(share)) recordStatus(now, measure, week);
      now.on(addWeeks(measure.startedOn ?? now.today, week + 1), step(week + 1));
    };
  };
  life.in(7, step(1));
}

function recordStatus(life: CaseLife, measure: Measure, week: number): void {
  const { random } = life;
  life.give(
    'RecordFollowUpStatus',
    {
      measureId: measure.measureId,
      on: life.today,
      week,
      whatWorked: life.text('worked', random.between(1, 2)),
      adjust: life.text('adjust', random.between(1, 2)),
      riskFlag: random.chance(0.04),
    },
    reporterOf(life, measure),
  );
}

/** A provider reports on what it carries out itself; else somebody of the service does. */
function reporterOf(life: CaseLife, { provider: { type, org } }: Measure): Actor {
  return type === 'PRIVAT_VIRKSOMHET' && org !== undefined
    ? { ...employee(life.place, 'LEVERANDOR'), orgNumber: org }
    : life.colleague('OPPFOLGING');
}

/** The consent is withdrawn, and the measure has lost its basis. */
function withdraw(life: CaseLife, measure: Measure): void {
  const { state } = life;
  const [consentId] = measure.consentIds;
  const given = consentId !== undefined && state.situation === 'open' ? state.consents[consentId] : undefined;
  if (measure.hasEnded || consentId === undefined || given === undefined || given.withdrawnOn !== undefined)
    return;
  life.give('WithdrawConsent', {
    consentId,
    by: given.givenBy,
    on: life.today,
    reason: life.text('unwilling'),
    effect: [measure.measureId],
  });
  // Others that rest on the same consent go on only when it is given anew.
  const others = life.measures.filter(
    (other) => other !== measure && !other.hasEnded && other.consentIds.includes(consentId),
  );
  consentTo(life, others);
  life.in(life.random.between(1, 8), (now) => finish(now, measure, 'SAMTYKKE_TRUKKET'));
}

/** When its time is out; before the child comes of age where that is earlier, or by a decision soon after. */
function planEnd(life: CaseLife, measure: Measure): void {
  const birthday = life.birthday(18);
  if (birthday > measure.endPlanned) life.on(measure.endPlanned, timeIsOut(measure));
  else if (birthday <= life.today || life.random.chance(0.4)) {
    life.on(plus(later(birthday, life.today), life.random.between(5, 40)), (now) =>
      finish(now, measure, 'FYLT_18_UTEN_SAMTYKKE'),
    );
  } else life.on(plus(birthday, -8), (now) => finish(now, measure, 'PERIODE_UTLOPT'));
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

const timeIsOut =
  (measure: Measure): Act =>
  (life) => {
    if (measure.hasEnded) return;
    if (life.random.chance(CHANCES.continued) && life.age < 17) return continueIt(life, measure);
    const reason = life.random.weighted(END_REASONS);
    if (reason === 'INGEN_EFFEKT' && life.age < 17 && life.random.chance(CHANCES.replaced))
      return replace(life, measure);
    finish(life, measure, reason);
  };

/** Decided anew for another period: heard, consented to, decided, and the plan follows. */
function continueIt(life: CaseLife, measure: Measure): void {
  hear(life, 'VEDTAK');
  consentTo(life, [measure]);
  measure.endPlanned = plus(life.today, 30 + life.random.days(MEASURE_DAYS));
  decide(life, life.random.chance(0.2) ? 'ENDRET' : 'VIDEREFORT', [measure]);
  if (measure.plan !== undefined && life.random.chance(0.7))
    life.in(life.random.between(0, 14), revise(measure.plan));
  planEnd(life, measure);
}

/** Another measure takes its place. */
function replace(life: CaseLife, measure: Measure): void {
  const successor = newMeasure(life, life.random.weighted(MEASURES[ageGroup(life.age)]));
  hear(life, 'TILTAKSVALG');
  consentTo(life, [successor]);
  decideMeasures(life, [successor]);
  finish(life, measure, 'ERSTATTET', successor.measureId);
}

/** Ends it today: from 18 on by a decision of its own (rule 42). */
function finish(life: CaseLife, measure: Measure, reason: Reason, successorMeasureId?: string): void {
  if (measure.hasEnded) return;
  if (life.birthday(18) > life.today) return end(life, measure, reason, { successorMeasureId });
  hear(life, 'AVSLUTNING');
  const { decisionId } = decide(life, 'OPPHORT', [measure]);
  end(life, measure, reason === 'PERIODE_UTLOPT' ? 'FYLT_18_UTEN_SAMTYKKE' : reason, { decisionId });
}

type Reason = CaseCommandOf<'EndMeasure'>['data']['reason'];
interface Besides {
  readonly decisionId?: string | undefined;
  readonly successorMeasureId?: string | undefined;
}

function end(
  life: CaseLife,
  measure: Measure,
  reason: Reason,
  { decisionId, successorMeasureId }: Besides,
): void {
  const { random } = life;
  const { plan, measureId } = measure;
  const isEvaluated = measure.startedOn !== undefined && plan !== undefined && random.chance(0.75);
  const finalEvaluationId = isEvaluated ? recordEvaluation(life, plan, 'AVSLUTTENDE', [measure]) : undefined;
  if (random.chance(0.3)) journal(life, 'N', life.text('documents'));
  life.give('EndMeasure', {
    measureId,
    endedOn: life.today,
    reason,
    ...(reason === 'ANNET' ? { specification: 'Familien og tjenesten ble enige om å avslutte.' } : {}),
    ...(finalEvaluationId === undefined ? {} : { finalEvaluationId }),
    ...(decisionId === undefined ? {} : { decisionId }),
    ...(successorMeasureId === undefined ? {} : { successorMeasureId }),
    ...(reason === 'MAL_NADD' ? { goalsReached: life.text('observed') } : {}),
    ...(random.chance(0.9) ? { dialogueWith: ['Barnet', 'Foreldrene'] } : {}),
    transitionNote: life.text('transition'),
  });
  measure.hasEnded = true;
  if (life.measures.every(({ hasEnded }) => hasEnded)) life.perhapsReferredAgain(CHANCES.reopened, [30, 500]);
}
