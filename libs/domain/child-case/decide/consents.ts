/** Rules 13 and 14: whose consent a measure needs on a date, and whether the consents that are cited give it. */
import type { LocalDate } from '../../kernel/dates.js';
import type { RuleBroken } from '../../kernel/errors.js';
import { measureKind } from '../../law/catalogue.js';
import { ruleBroken } from '../../law/rules.js';
import type { LegalBasis } from '../fields.js';
import type { Consent, OpenCase } from '../state.js';
import { fieldError } from './basics.js';
import { ageAt, childIsParty, isOfAge, mayOpposeAsParent, withDailyCare } from './people.js';

/** A measure whose legality is judged on a date: at the decision, and again at the start. */
export interface Claim {
  readonly measureId: string;
  readonly catalogueCode: string;
  readonly targetPerson: string;
  readonly legalBasis: LegalBasis;
  readonly on: LocalDate;
  /** Ids of the consents that are cited. */
  readonly cited: readonly string[];
}

/** Throws `consent-missing` or `child-consent-missing`. */
export function assertConsents(state: OpenCase, claim: Claim): void {
  if (claim.legalBasis === '4-1') assertUnopposed(state, claim);
  else if (isOfAge(state, claim.on)) assertYouthConsents(state, claim);
  else {
    assertDailyCareConsents(state, claim);
    assertChildConsents(state, claim);
  }
}

/** Effective on the date: of the right kind, for this measure, given, begun, not run out, not withdrawn, and cited. */
const effective = (state: OpenCase, { measureId, on, cited }: Claim): readonly Consent[] =>
  cited
    .map((id) => state.consents[id])
    .filter((consent) => consent !== undefined)
    .filter(
      ({ kind, subjectIds, givenOn, validFrom, validTo, withdrawnOn }) =>
        kind === 'TILTAK' &&
        subjectIds.includes(measureId) &&
        givenOn <= on &&
        validFrom <= on &&
        on <= (validTo ?? on) &&
        (withdrawnOn === undefined || on < withdrawnOn),
    );

const consentsOf = (state: OpenCase, claim: Claim, personRef: string): boolean =>
  effective(state, claim).some(({ givenBy }) => givenBy === personRef);

/** From 18 the youth alone consents (bvl §3-6). */
function assertYouthConsents(state: OpenCase, claim: Claim): void {
  if (consentsOf(state, claim, state.childRef)) return;
  throw missing('13', claim, 'Ungdommen har fylt 18 år, og samtykker alene: virksomt samtykke mangler.');
}

/** Under 18 everyone with daily care consents; where nobody is registered with it, someone who answers for the child must. */
function assertDailyCareConsents(state: OpenCase, claim: Claim): void {
  const carers = withDailyCare(state, claim.on);
  const without = carers.filter((carer) => !consentsOf(state, claim, carer));
  const answered = effective(state, claim).some(({ givenBy }) => givenBy !== state.childRef);
  if (without.length === 0 && (carers.length > 0 || answered)) return;
  throw missing(
    '13',
    claim,
    carers.length === 0
      ? 'Ingen er registrert med daglig omsorg, og ingen som svarer for barnet, har samtykket.'
      : `Virksomt samtykke mangler fra ${without.length} av ${carers.length} med daglig omsorg.`,
  );
}

/** A child who is party consents to what is directed at the child. */
function assertChildConsents(state: OpenCase, claim: Claim): void {
  const isDirected =
    claim.targetPerson === state.childRef || measureKind(claim.catalogueCode)?.childPartyConsent === true;
  if (!isDirected || !childIsParty(state, claim.on) || consentsOf(state, claim, state.childRef)) return;
  throw missing('14', claim, 'Tiltaket retter seg mot barnet, som er part og ikke har samtykket.');
}

/** An acute measure needs no consent, but gives way when a parent or a child of 15 opposes it (bvl §4-1). */
function assertUnopposed(state: OpenCase, claim: Claim): void {
  const { measureId, on } = claim;
  const refused = state.refusals.filter((r) => r.on <= on && r.subjectIds.includes(measureId));
  const withdrawn = Object.values(state.consents)
    .filter((c) => c.subjectIds.includes(measureId) && c.withdrawnOn !== undefined && c.withdrawnOn <= on)
    .map(({ givenBy, withdrawnOn }) => ({ by: givenBy, on: withdrawnOn ?? on }));
  const opposes = [...refused, ...withdrawn].some(
    (no) => mayOppose(state, no.by, on) && !consentedSince(state, claim, no),
  );
  if (!opposes) return;
  throw missing('13', claim, 'En forelder, eller barnet som har fylt 15 år, motsetter seg tiltaket.');
}

const mayOppose = (state: OpenCase, personRef: string, on: LocalDate): boolean =>
  personRef === state.childRef ? ageAt(state, on) >= 15 : mayOpposeAsParent(state, personRef, on);

const consentedSince = (
  { consents }: OpenCase,
  { measureId, on }: Claim,
  no: { readonly by: string; readonly on: LocalDate },
): boolean =>
  Object.values(consents).some(
    ({ givenBy, givenOn, subjectIds, withdrawnOn }) =>
      givenBy === no.by &&
      subjectIds.includes(measureId) &&
      no.on < givenOn &&
      givenOn <= on &&
      (withdrawnOn === undefined || on < withdrawnOn),
  );

const missing = (rule: '13' | '14', { on }: Claim, detail: string): RuleBroken =>
  ruleBroken(rule, {
    on,
    detail,
    feil: [fieldError('/consentIds', 'consent-missing', 'Vis til samtykkene som gjelder på datoen.')],
  });
