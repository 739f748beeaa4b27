/** An investigation is concluded: exactly one of four outcomes (bvl §2-5). */
import type { LocalDate } from '../../kernel/dates.js';
import type { RuleBroken } from '../../kernel/errors.js';
import { nationalCodes } from '../../kernel/national-codes.js';
import { reopeningDeadline } from '../../law/deadlines.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import { conclusionLateness } from '../derived.js';
import type { CaseEvent } from '../events.js';
import { isDismissal } from '../fields.js';
import type { CaseState, OpenCase } from '../state.js';
import {
  alreadyDone,
  assertLegalDate,
  assertNewIds,
  assertOrder,
  fieldError,
  found,
  openCase,
} from './basics.js';
import { assertMayDecide } from './authority.js';
import { assertCodes, assertGrounds } from './codes.js';
import { assertParticipation } from './participation.js';
import { assertComplete, assertJournaled } from './texts.js';

type Conclusion = CaseCommandOf<'ConcludeInvestigation'>['data'];

export function concludeInvestigation(
  command: CaseCommandOf<'ConcludeInvestigation'>,
  state: CaseState,
): CaseEvent[] {
  const { data, context } = command;
  const open = openCase(state);
  const on = data.concludedOn;
  const investigation = found(
    open.investigations[data.investigationId],
    'Undersøkelsen finnes ikke i saken.',
  );
  const dismisses = isDismissal(data.outcome);
  if (dismisses && isJudged(on)) assertMayDecide(context, data.decidedBy, on);
  if (investigation.situation === 'concluded') {
    throw alreadyDone(on, 'Undersøkelsen er allerede avsluttet.');
  }
  assertLegalDate(context, open, on, 'concludedOn');
  assertOrder(investigation.startedOn, on, 'concludedOn', 'undersøkelsen startet');
  if (dismisses) assertNewIds(open, data.decisionId);
  if (data.ssbCode !== undefined) assertCodes('undersokelseKonklusjon', [data.ssbCode], on, '/ssbCode');
  assertGrounds(data.grounds ?? [], on);
  if (isJudged(on)) {
    assertOutcome(data, open);
    assertParticipation(open, ['UNDERSOKELSE'], on);
    if (dismisses) assertJournaled(open, data.documentId, on);
  }
  const flags = isJudged(on) ? conclusionLateness(investigation, on) : [];
  return [{ type: 'InvestigationConcluded', data: stored(data, flags.length > 0), flags }];
}

/** Only measures and a henleggelse are decided: for the rest the id that the service may have made is left out. */
function stored({ decisionId, ...data }: Conclusion, deadlineBreached: boolean) {
  const ssbCode = data.ssbCode ?? ordinaryCode(data);
  return {
    ...data,
    ...(ssbCode === undefined ? {} : { ssbCode }),
    ...(data.outcome === 'VEDTAK_TILTAK' || isDismissal(data.outcome) ? { decisionId } : {}),
    deadlineBreached,
  };
}

const ordinaryCode = ({
  outcome,
  concludedOn,
}: Pick<Conclusion, 'outcome' | 'concludedOn'>): string | undefined =>
  outcome === undefined ? undefined : nationalCodes('undersokelseKonklusjon', outcome, concludedOn)[0];

/** Rules 08, 09 and 18. */
function assertOutcome(data: Conclusion, state: OpenCase): void {
  const { outcome, concludedOn: on, ssbCode } = data;
  if (outcome === undefined) {
    throw invalid(on, 'Avslutningen har ingen av lovens fire utfall.', '/outcome', 'Velg ett utfall.');
  }
  if (ssbCode !== undefined && !nationalCodes('undersokelseKonklusjon', outcome, on).includes(ssbCode)) {
    throw invalid(on, 'Koden sier noe annet enn utfallet.', '/ssbCode', `Velg en kode for ${outcome}.`);
  }
  if (outcome === 'VEDTAK_TILTAK' || outcome === 'BEGJAERING') {
    if ((data.grounds ?? []).length === 0) {
      throw invalid(on, 'Grunnlaget for tiltak mangler.', '/grounds', 'Oppgi minst ett grunnlag.');
    }
    if (outcome === 'VEDTAK_TILTAK') assertCites(data, state);
    else if (data.petitionId === undefined) {
      throw invalid(on, 'Begjæringen mangler.', '/petitionId', 'Vis til begjæringen som er sendt nemnda.');
    }
  }
  assertReopening(data, state);
  if (isDismissal(outcome)) assertComplete(data, on);
}

const invalid = (on: LocalDate, detail: string, field: string, melding: string): RuleBroken =>
  ruleBroken('08', { on, detail, feil: [fieldError(field, 'conclusion-invalid', melding)] });

/** VEDTAK_TILTAK cites a decision of the case that puts measures in place, made on or before the conclusion. */
function assertCites({ decisionId, concludedOn }: Conclusion, { decisions }: OpenCase): void {
  const cited = decisions[decisionId];
  if (cited?.decisionType === undefined || cited.decisionType === 'OPPHORT') {
    throw invalid(
      concludedOn,
      'Vedtaket om tiltak som avslutningen bygger på, finnes ikke i saken.',
      '/decisionId',
      'Vis til et vedtak om tiltak i saken.',
    );
  }
  assertOrder(cited.decidedOn, concludedOn, 'concludedOn', 'vedtaket ble truffet');
}

/** Rule 09: from 2026, because the parents refused what was recommended, and for six months at most. */
function assertReopening({ outcome, concludedOn: on, reopenUntil }: Conclusion, state: OpenCase): void {
  const refused = (detail: string) =>
    ruleBroken('09', {
      on,
      detail,
      feil: [fieldError('/outcome', 'reopening-not-allowed', 'Velg HENLAGT, eller oppfyll vilkårene.')],
    });
  if (outcome !== 'HENLAGT_MED_GJENAPNING') {
    if (reopenUntil === undefined) return;
    throw refused('Bare HENLAGT_MED_GJENAPNING kan ha en frist for ny undersøkelse.');
  }
  if (on < REOPENING_SINCE) throw refused(`Adgangen til ny undersøkelse gjelder fra ${REOPENING_SINCE}.`);
  if (!state.refusals.some((refusal) => refusal.by !== state.childRef && refusal.on <= on)) {
    throw refused('Ingen forelder har avslått anbefalte tiltak senest på avslutningsdagen.');
  }
  if (reopenUntil === undefined) return;
  assertOrder(on, reopenUntil, 'reopenUntil', 'undersøkelsen ble avsluttet');
  const last = reopeningDeadline(on).dueOn;
  if (reopenUntil > last) throw refused(`Ny undersøkelse kan åpnes senest ${last}, seks måneder etter.`);
}

/** Lov 20. juni 2025 nr. 39. */
const REOPENING_SINCE = '2026-01-01';
