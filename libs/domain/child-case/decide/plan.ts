/** A plan is established and revised (rules 10, 29, 30, 31; bvl §§8-1 and 8-5), seen and understood, and begun in a meeting. */
import type { LocalDate } from '../../kernel/dates.js';
import type { FieldError } from '../../kernel/errors.js';
import type { Flag } from '../../kernel/flags.js';
import { deadlineFlag, planDeadline } from '../../law/deadlines.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent } from '../events.js';
import { grantsOf, type CaseState, type OpenCase, type Plan } from '../state.js';
import {
  assertLegalDate,
  assertNewIds,
  assertOrder,
  fieldError,
  found,
  idInUse,
  isBlank,
  openCase,
} from './basics.js';
import { assertCodes } from './codes.js';
import { participationFlags } from './participation.js';

type Content = CaseCommandOf<'EstablishPlan'>['data'] | CaseCommandOf<'RevisePlan'>['data'];

export function establishPlan(
  { data, context }: CaseCommandOf<'EstablishPlan'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const on = data.establishedOn;
  assertLegalDate(context, open, on, 'establishedOn');
  assertNewIds(open, data.planId, ...(data.goals ?? []).map(({ goalId }) => goalId));
  const planType = String(data.planType);
  const flags = judgePlan(open, data, planType, on);
  return [{ type: 'PlanEstablished', data: { ...data, planType, version: 1 }, flags }];
}

export function revisePlan({ data, context }: CaseCommandOf<'RevisePlan'>, state: CaseState): CaseEvent[] {
  const open = openCase(state);
  const on = data.revisedOn;
  const plan = found(open.plans[data.planId], 'Planen finnes ikke i saken.');
  assertLegalDate(context, open, on, 'revisedOn');
  assertOrder(plan.versions.at(-1)?.from ?? on, on, 'revisedOn', 'den forrige versjonen');
  assertGoalIds(open, plan, data);
  const planType = String(data.planType);
  const flags = judgePlan(open, data, planType, on);
  const version = plan.versions.length + 1;
  return [{ type: 'PlanRevised', data: { ...data, planType, version }, flags }];
}

/** A goal is new, or one that the plan had before. */
function assertGoalIds(state: OpenCase, plan: Plan, { goals = [] }: Content): void {
  const own = plan.versions.flatMap(({ goalIds }) => goalIds);
  const ids = goals.map(({ goalId }) => goalId);
  if (new Set(ids).size < ids.length) throw idInUse();
  assertNewIds(state, ...ids.filter((id) => !own.includes(id)));
}

/** What is HARD throws; what is SOFT comes back as flags. */
function judgePlan(state: OpenCase, data: Content, planType: string, on: LocalDate): readonly Flag[] {
  assertCodes('plantype', [planType], on, '/planType');
  if (data.durationUntil !== undefined)
    assertOrder(on, data.durationUntil, 'durationUntil', 'planen ble laget');
  if (!isJudged(on)) return [];
  // A plan for an investigation (§2-2, §8-2) has no measures, and none of these rules speaks of it.
  if (planType === '7' || planType === '8') return [];
  assertPlanComplete(state, data, on);
  return [
    ...participationFlags(state, ['PLAN'], on),
    ...lateness(state, data, on),
    ...goalFlags(data.goals ?? []),
  ];
}

/** Rule 30. */
function assertPlanComplete(
  state: OpenCase,
  { goals = [], measures = [], durationUntil }: Content,
  on: LocalDate,
) {
  const demand = (isMet: boolean, felt: string, melding: string): readonly FieldError[] =>
    isMet ? [] : [fieldError(felt, 'plan-incomplete', melding)];
  const missing = [
    ...demand(goals.length > 0, '/goals', 'Oppgi minst ett mål.'),
    ...demand(measures.length > 0, '/measures', 'Oppgi minst ett tiltak, og hva det går ut på.'),
    ...demand(durationUntil !== undefined, '/durationUntil', 'Oppgi hvor lenge tiltakene er ment å vare.'),
    ...measures.flatMap(({ measureId }, index) =>
      demand(
        isKnownMeasure(state, measureId),
        `/measures/${index}/measureId`,
        'Vis til et tiltak som er valgt eller vedtatt i saken.',
      ),
    ),
  ];
  if (missing.length === 0) return;
  throw ruleBroken('30', { on, detail: 'Planen mangler mål, innhold eller varighet.', feil: missing });
}

/** Chosen or decided in the case, or at least consented to. */
const isKnownMeasure = ({ ids, consents }: OpenCase, measureId: string): boolean =>
  ids[measureId] === 'measure' ||
  Object.values(consents).some(({ subjectIds }) => subjectIds.includes(measureId));

/** Rule 29: counted from the first decision on a measure that no plan has held until now. */
function lateness(state: OpenCase, { measures = [] }: Content, on: LocalDate): readonly Flag[] {
  const planned = Object.values(state.plans).flatMap(({ versions }) => versions.flatMap((v) => v.measureIds));
  const [decidedOn] = measures
    .filter(({ measureId }) => !planned.includes(measureId))
    .flatMap(({ measureId }) => grantsOf(state.measures[measureId]).slice(0, 1))
    .map((grant) => grant.decidedOn)
    .sort();
  const late =
    decidedOn === undefined ? undefined : deadlineFlag(planDeadline(decidedOn), 'plan-late', on, '29');
  return late === undefined ? [] : [late];
}

const MAX_GOALS = 3;

/** Rule 31. */
const goalFlags = (goals: readonly { readonly indicator?: string }[]): readonly Flag[] => [
  ...(goals.some(({ indicator }) => isBlank(indicator)) ? [ruleFlag('31', 'goal-without-indicator')] : []),
  ...(goals.length > MAX_GOALS ? [ruleFlag('31', 'too-many-goals')] : []),
];

/** Who has seen a version before has seen it: the second time changes nothing. */
export function acknowledgePlan(
  { data, context }: CaseCommandOf<'AcknowledgePlan'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const { planId, version, personRef, acknowledgedOn: on } = data;
  const plan = found(open.plans[planId], 'Planen finnes ikke i saken.');
  const isKnown = plan.acknowledged.some((a) => a.version === version && a.personRef === personRef);
  if (isKnown) return [];
  assertLegalDate(context, open, on, 'acknowledgedOn');
  const seen = plan.versions[version - 1];
  if (seen === undefined) {
    throw ruleBroken('36', {
      on,
      detail: `Planen har ingen versjon ${version}.`,
      feil: [fieldError('/version', 'plan-not-in-force', 'Velg en versjon som finnes.')],
    });
  }
  assertOrder(seen.from, on, 'acknowledgedOn', 'versjonen ble laget');
  return [{ type: 'PlanAcknowledged', data }];
}

export function holdStartMeeting(
  { data, context }: CaseCommandOf<'HoldStartMeeting'>,
  state: CaseState,
): CaseEvent[] {
  assertLegalDate(context, openCase(state), data.on, 'on');
  return [{ type: 'StartMeetingHeld', data }];
}
