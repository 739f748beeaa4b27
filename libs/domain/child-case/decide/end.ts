/** A measure ends (rules 40, 41, 42). */
import type { Flag } from '../../kernel/flags.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent } from '../events.js';
import { grantsOf, type CaseState, type Measure, type OpenCase } from '../state.js';
import { assertLegalDate, assertOrder, fieldError, found, isBlank, openCase } from './basics.js';
import { specificationMissing } from './codes.js';
import { isOfAge } from './people.js';

type End = CaseCommandOf<'EndMeasure'>['data'];

export function endMeasure({ data, context }: CaseCommandOf<'EndMeasure'>, state: CaseState): CaseEvent[] {
  const open = openCase(state);
  const on = data.endedOn;
  const measure = found(open.measures[data.measureId], 'Tiltaket finnes ikke i saken.');
  assertCanEnd(measure, data);
  assertLegalDate(context, open, on, 'endedOn');
  const event: CaseEvent = { type: 'MeasureEnded', data };
  if (!isJudged(on)) return [event];
  if (data.reason === 'ANNET' && isBlank(data.specification)) {
    throw specificationMissing(on, ['/specification']);
  }
  assertDecided(open, data);
  return [{ ...event, flags: [...finalEvaluation(open, data), ...dialogue(data)] }];
}

/** Rule 40: what was decided ends once, not before it started; what never started lapses, not before it was decided. */
function assertCanEnd(measure: Measure, { endedOn: on }: End): void {
  if (measure.situation === 'ended' || measure.situation === 'lapsed') {
    throw ruleBroken('40', { on, detail: 'Tiltaket er allerede avsluttet.' });
  }
  const [grant] = grantsOf(measure);
  if (measure.situation === 'started') assertOrder(measure.startedOn, on, 'endedOn', 'tiltaket startet');
  else if (grant === undefined) {
    throw ruleBroken('33', {
      on,
      detail: 'Det finnes ikke noe vedtak om tiltaket.',
      losning: 'Avslutt et tiltak som er vedtatt.',
    });
  } else assertOrder(grant.decidedOn, on, 'endedOn', 'vedtaket ble truffet');
}

/**
 * Rule 42: against a party's wish, and always from 18 on but for death and the 25th birthday, an end is a decision of its own:
 * one that ends the measure, or one that replaces it.
 */
function assertDecided(state: OpenCase, data: End): void {
  const { endedOn: on, decisionId, measureId, reason } = data;
  const isAlwaysDecided = isOfAge(state, on) && reason !== 'DODSFALL' && reason !== 'FYLT_25';
  const isOpposed = (data.againstWishOf ?? []).length > 0;
  if (!isAlwaysDecided && !isOpposed) return;
  const decision = decisionId === undefined ? undefined : state.decisions[decisionId];
  const ends =
    decision?.decisionType === 'ERSTATTET' ||
    (decision?.decisionType === 'OPPHORT' && decision.measureIds.includes(measureId));
  if (decision === undefined || !ends) {
    throw ruleBroken('42', {
      on,
      detail: 'Avslutningen krever et vedtak om at tiltaket opphører eller erstattes.',
      feil: [fieldError('/decisionId', 'decision-required', 'Vis til vedtaket om opphør eller erstatning.')],
    });
  }
  assertOrder(decision.decidedOn, on, 'endedOn', 'vedtaket ble truffet');
}

/** Rule 41: whether the goal was reached, or nothing helped, is found out before the end. */
function finalEvaluation({ evaluations }: OpenCase, { reason, finalEvaluationId }: End): readonly Flag[] {
  if (reason !== 'MAL_NADD' && reason !== 'INGEN_EFFEKT') return [];
  const isKnown = finalEvaluationId !== undefined && evaluations[finalEvaluationId] !== undefined;
  return isKnown ? [] : [ruleFlag('41', 'final-evaluation-missing')];
}

const dialogue = ({ reason, dialogueWith = [] }: End): readonly Flag[] =>
  reason === 'DODSFALL' || dialogueWith.length > 0 ? [] : [ruleFlag('41', 'no-dialogue')];
