/** What a decision rests on is recorded, and documents are journaled. */
import { isKnownCode } from '../../kernel/codes.js';
import type { LocalDate } from '../../kernel/dates.js';
import { nationalCode } from '../../kernel/national-codes.js';
import { isMeasureValid, measureKind } from '../../law/catalogue.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent } from '../events.js';
import type { CaseState, OpenCase } from '../state.js';
import { assertLegalDate, assertNewIds, fieldError, isBlank, openCase } from './basics.js';
import { assertCodes, codeNotValid } from './codes.js';

export function recordChildParticipation(
  { data, context }: CaseCommandOf<'RecordChildParticipation'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const on = data.heldOn;
  assertLegalDate(context, open, on, 'heldOn');
  if (data.ssbCode !== undefined) assertCodes('medvirkning', [data.ssbCode], on, '/ssbCode');
  const how = data.method ?? data.none;
  const derived = how === undefined ? undefined : nationalCode('medvirkning', how, on);
  if (isJudged(on) && data.ssbCode !== undefined && data.ssbCode !== derived) {
    throw codeNotValid(on, ['/ssbCode'], 'medvirkning');
  }
  const ssbCode = data.ssbCode ?? derived;
  const event: CaseEvent = {
    type: 'ChildParticipationRecorded',
    data: { ...data, ...(ssbCode === undefined ? {} : { ssbCode }) },
  };
  if (!isJudged(on)) return [event];
  return [{ ...event, flags: data.none === 'NO_OPPORTUNITY' ? [ruleFlag('10', 'no-opportunity')] : [] }];
}

export function assessPartyStatus(
  { data, context }: CaseCommandOf<'AssessPartyStatus'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  assertLegalDate(context, open, data.assessedOn, 'assessedOn');
  return [{ type: 'PartyStatusAssessed', data }];
}

export function summariseFindings(
  { data, context }: CaseCommandOf<'SummariseFindings'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const on = data.summarisedOn;
  assertLegalDate(context, open, on, 'summarisedOn');
  assertNeeds(data.riskFactors ?? [], '/riskFactors', on);
  assertNeeds(data.protectiveFactors ?? [], '/protectiveFactors', on);
  return [{ type: 'FindingsSummarised', data }];
}

/** «Barnets behov i sentrum» was used before its codes became national ones in 2026, so they are valid on every date. */
function assertNeeds(codes: readonly string[], at: string, on: LocalDate): void {
  const wrong = codes.flatMap((code, index) =>
    /^[1-3]\.\d\.\d\d$/.test(code) && isKnownCode('saksinnhold', code) ? [] : [`${at}/${index}`],
  );
  if (wrong.length > 0) throw codeNotValid(on, wrong, 'saksinnhold');
}

export function proposeMeasure(
  { data, context }: CaseCommandOf<'ProposeMeasure'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const on = data.proposedOn;
  assertLegalDate(context, open, on, 'proposedOn');
  assertNewIds(open, data.measureId);
  assertInCatalogue(data.catalogueCode, on, '/catalogueCode');
  if (isJudged(on)) assertExplained(data.whyThisMeasure, on);
  return [{ type: 'MeasureProposed', data }];
}

/** Rule 22: a key of the catalogue, and a measure that can be decided on the date where rules are judged. */
export function assertInCatalogue(key: string, on: LocalDate, at: string): void {
  const isValid = isJudged(on) ? isMeasureValid(key, on) : measureKind(key) !== undefined;
  if (isValid) return;
  throw ruleBroken('22', {
    on,
    slug: 'code-not-valid',
    detail: `Tiltaket finnes ikke i tiltakskatalogen, eller kan ikke vedtas på datoen ${on}.`,
    losning: 'Velg en nøkkel i tiltakskatalogen, som «stottekontakt».',
    feil: [fieldError(at, 'code-not-valid', 'Velg en nøkkel i tiltakskatalogen.')],
  });
}

/** Rule 12. */
export function assertExplained(whyThisMeasure: string | undefined, on: LocalDate): void {
  if (!isBlank(whyThisMeasure)) return;
  throw ruleBroken('12', {
    on,
    detail: 'Det er ikke begrunnet hvorfor nettopp dette tiltaket er valgt.',
    feil: [fieldError('/whyThisMeasure', 'required', 'Skriv hvorfor nettopp dette tiltaket vil hjelpe.')],
  });
}

export function clarifyRoles(
  { data, context }: CaseCommandOf<'ClarifyRoles'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  assertLegalDate(context, open, data.clarifiedOn, 'clarifiedOn');
  return [{ type: 'RolesClarified', data }];
}

export function journalDocument(
  { data, context }: CaseCommandOf<'JournalDocument'>,
  state: CaseState,
): CaseEvent[] {
  const open: OpenCase = openCase(state);
  assertLegalDate(context, open, data.journaledOn, 'journaledOn');
  assertNewIds(open, data.documentId);
  return [{ type: 'DocumentJournaled', data }];
}
