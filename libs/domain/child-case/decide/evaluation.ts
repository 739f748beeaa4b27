/** The municipality evaluates the plan (rules 10, 36, 37, 38, 39; bvl §§8-1 and 8-5). */
import type { CommandContext } from '../../kernel/decider.js';
import type { LocalDate } from '../../kernel/dates.js';
import type { Flag } from '../../kernel/flags.js';
import { deadlineFlag, dutyDeadline, firstEvaluationDeadline } from '../../law/deadlines.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent } from '../events.js';
import { isSameOrganisation } from '../fields.js';
import type { CaseState, OpenCase, Plan, PlanVersion } from '../state.js';
import { assertLegalDate, assertNewIds, assertOrder, fieldError, isBlank, openCase } from './basics.js';
import { participationFlags } from './participation.js';
import { isOfAge } from './people.js';

type Evaluation = CaseCommandOf<'RecordEvaluation'>['data'];

export function recordEvaluation(
  { data, context }: CaseCommandOf<'RecordEvaluation'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const on = data.evaluatedOn;
  assertMunicipalEvaluator(data, context);
  assertLegalDate(context, open, on, 'evaluatedOn');
  assertNewIds(open, data.evaluationId);
  assertOrder(data.period.from, data.period.to, '/period/to', 'perioden begynte');
  if (data.nextDueOn !== undefined) assertOrder(on, data.nextDueOn, 'nextDueOn', 'evalueringen');
  const event: CaseEvent = { type: 'EvaluationRecorded', data };
  if (!isJudged(on)) return [event];
  assertAnswered(open, data);
  const { plan, version } = inForce(open, data);
  const heard = !isBlank(data.childView) || !isBlank(data.participation);
  return [
    {
      ...event,
      flags: [
        ...(heard ? [] : participationFlags(open, ['EVALUERING'], on)),
        ...observation(version, data),
        ...lateness(open, plan, data),
      ],
    },
  ];
}

/** Rule 38: a provider supplies minutes, never an evaluation (bvl §15-7 second paragraph). */
function assertMunicipalEvaluator({ evaluators, evaluatedOn: on }: Evaluation, { by }: CommandContext): void {
  const outside = evaluators.flatMap(({ org }, index) =>
    org === undefined || isSameOrganisation(org, by.orgNumber) ? [] : [`/evaluators/${index}/org`],
  );
  if (by.role !== 'LEVERANDOR' && outside.length === 0) return;
  throw ruleBroken('38', {
    on,
    detail: 'Bare kommunen evaluerer planen.',
    feil: outside.map((felt) =>
      fieldError(felt, 'evaluator-not-municipality', 'Oppgi kommunens egne ansatte.'),
    ),
  });
}

/** Rule 37: the three questions of the law; the third is another from 18 on. */
function assertAnswered(state: OpenCase, data: Evaluation): void {
  const on = data.evaluatedOn;
  const third = isOfAge(state, on) ? 'shouldCease' : 'groundsForCareOrder';
  const questions = ['worksAsIntended', 'needForNewMeasures', third] as const;
  const unanswered = questions.filter((question) => data[question] === undefined);
  if (unanswered.length === 0) return;
  throw ruleBroken('37', {
    on,
    detail: 'Ett eller flere av lovens tre spørsmål er ikke besvart.',
    feil: unanswered.map((question) => fieldError(question, 'required', 'Svar ja eller nei.')),
  });
}

/**
 * Rule 36, HARD: the version began by the date, and no later one had replaced it before that. How long the measures are meant
 * to last (bvl §8-1) does not end the plan.
 */
function inForce(state: OpenCase, data: Evaluation): { plan: Plan; version: PlanVersion } {
  const { planId, planVersion, evaluatedOn: on } = data;
  const plan = state.plans[planId];
  const version = plan?.versions[planVersion - 1];
  const next = plan?.versions[planVersion];
  if (plan !== undefined && version !== undefined && version.from <= on && on <= (next?.from ?? on)) {
    return { plan, version };
  }
  throw ruleBroken('36', {
    on,
    detail:
      version === undefined
        ? 'Planen eller versjonen finnes ikke i saken.'
        : `Versjon ${planVersion} av planen var ikke i kraft ${on}.`,
    feil: [fieldError('/planVersion', 'plan-not-in-force', 'Velg versjonen som gjaldt på evalueringsdagen.')],
  });
}

/** Rule 36, SOFT: every active goal is observed. */
function observation({ goalIds }: PlanVersion, { goals }: Evaluation): readonly Flag[] {
  const observed = goals.filter((goal) => !isBlank(goal.observed)).map(({ goalId }) => goalId);
  return goalIds.every((id) => observed.includes(id)) ? [] : [ruleFlag('36', 'goal-not-observed')];
}

/** Rule 39: the first within six weeks of the start, the next when the one before said. */
function lateness(state: OpenCase, plan: Plan, { planId, evaluatedOn: on }: Evaluation): readonly Flag[] {
  const previous = Object.values(state.evaluations)
    .filter((evaluation) => evaluation.planId === planId && evaluation.evaluatedOn <= on)
    .sort((a, b) => a.evaluatedOn.localeCompare(b.evaluatedOn))
    .at(-1);
  const dueOn = previous === undefined ? firstDue(state, plan) : previous.nextDueOn;
  const rule = previous === undefined ? 'D9' : 'D10';
  const late =
    dueOn === undefined ? undefined : deadlineFlag(dutyDeadline(rule, dueOn), 'evaluation-late', on, '39');
  return late === undefined ? [] : [late];
}

/** Six weeks after the first of the plan's measures started; as the plan says while none has. */
function firstDue({ measures }: OpenCase, plan: Plan): LocalDate {
  const [startedOn] = plan.versions
    .flatMap(({ measureIds }) => measureIds)
    .flatMap((id) => {
      const measure = measures[id];
      return measure?.situation === 'started' || measure?.situation === 'ended' ? [measure.startedOn] : [];
    })
    .sort();
  return startedOn === undefined ? plan.firstEvaluationOn : firstEvaluationDeadline(startedOn).dueOn;
}
