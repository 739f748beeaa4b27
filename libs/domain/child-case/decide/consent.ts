/** Consent is given (rule 15), refused and withdrawn. */
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken } from '../../law/rules.js';
import type { FieldError } from '../../kernel/errors.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent } from '../events.js';
import type { CaseState, OpenCase } from '../state.js';
import {
  assertLegalDate,
  assertNewIds,
  assertOrder,
  fieldError,
  found,
  isBlank,
  openCase,
} from './basics.js';

type Consent = CaseCommandOf<'RecordConsent'>['data'];

export function recordConsent(
  { data, context }: CaseCommandOf<'RecordConsent'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const on = data.givenOn;
  assertLegalDate(context, open, on, 'givenOn');
  assertNewIds(open, data.consentId);
  if (data.validTo !== undefined) {
    assertOrder(data.validFrom, data.validTo, 'validTo', 'samtykket begynner å gjelde');
  }
  if (isJudged(on)) assertInformed(data);
  return [{ type: 'ConsentGiven', data }];
}

/** Rule 15: the consent says for what, how long and what is shared, and each right was told. */
function assertInformed(data: Consent): void {
  const missing: FieldError[] = [
    ...demand(!isBlank(data.purpose), '/purpose', 'Skriv hva samtykket gjelder.'),
    ...demand(
      data.validTo !== undefined || data.untilMeasureEnds === true,
      '/validTo',
      'Oppgi hvor lenge samtykket gjelder, i validTo eller untilMeasureEnds.',
    ),
    ...(['rightToWithdraw', 'rightToComplain', 'participation', 'sharing'] as const).flatMap((right) =>
      demand(data.informedOf?.[right] === true, `/informedOf/${right}`, 'Informer om dette, og bekreft det.'),
    ),
    ...demand(saysWhatIsShared(data), '/informationShared', 'Skriv hva som deles, med hvem og hvorfor.'),
  ];
  if (missing.length === 0) return;
  throw ruleBroken('15', {
    on: data.givenOn,
    detail: 'Samtykket er ikke informert: noe mangler eller er ikke bekreftet.',
    feil: missing,
  });
}

const demand = (isMet: boolean, felt: string, melding: string): readonly FieldError[] =>
  isMet ? [] : [fieldError(felt, 'consent-not-informed', melding)];

/** A consent to share says what, with whom and why; others share nothing unless they say so. */
const saysWhatIsShared = ({ kind, informationShared = [] }: Consent): boolean =>
  (kind !== 'SAMARBEID_INFO' || informationShared.length > 0) &&
  informationShared.every(({ what, withWhom, why }) => ![what, withWhom, why].some(isBlank));

export function recordConsentRefusal(
  { data, context }: CaseCommandOf<'RecordConsentRefusal'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  assertLegalDate(context, open, data.on, 'on');
  const effect = data.effect ?? measuresAmong(open, data.subjectIds);
  return [{ type: 'ConsentRefused', data: { ...data, effect } }];
}

export function withdrawConsent(
  { data, context }: CaseCommandOf<'WithdrawConsent'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const consent = found(open.consents[data.consentId], 'Samtykket finnes ikke i saken.');
  if (consent.withdrawnOn !== undefined) return [];
  assertLegalDate(context, open, data.on, 'on');
  assertOrder(consent.givenOn, data.on, 'on', 'samtykket ble gitt');
  const effect = data.effect ?? measuresAmong(open, consent.subjectIds);
  return [{ type: 'ConsentWithdrawn', data: { ...data, effect } }];
}

const measuresAmong = ({ ids }: OpenCase, subjectIds: readonly string[]): readonly string[] =>
  subjectIds.filter((id) => ids[id] === 'measure');
