/** Rules 27 and 36b: on what § a measure may rest, and what only the tribunal decides. */
import type { LocalDate } from '../../kernel/dates.js';
import { RuleBroken } from '../../kernel/errors.js';
import { measureKind } from '../../law/catalogue.js';
import { ruleBroken } from '../../law/rules.js';
import { isBasisOf2021, type DecisionType, type LegalBasis } from '../fields.js';
import { fieldError } from './basics.js';

const TRIBUNAL_ONLY: readonly LegalBasis[] = ['3-4', '3-5', '3-7', '3-8'];

export interface MeasureBasis {
  readonly catalogueCode: string;
  readonly voluntary: boolean;
  readonly legalBasis: LegalBasis;
}

interface DecisionBasis {
  readonly decisionType: DecisionType;
  readonly legalBasis: LegalBasis;
  readonly measures: readonly MeasureBasis[];
  readonly on: LocalDate;
}

/** What is said of the decision goes before what is said of its measures. Measures carry their own basis or the decision's. */
export function assertBasis(decision: DecisionBasis): void {
  assertNoCoercion(decision);
  assertSupported(decision);
  assertSameBasis(decision);
}

/** Rule 27: only the tribunal orders (bvl §§3-4, 3-5, 3-7, 3-8), but for the acute measure of §4-1. */
function assertNoCoercion({ decisionType, legalBasis, measures, on }: DecisionBasis): void {
  const refused = (detail: string, felt: string) =>
    ruleBroken('27', {
      on,
      detail,
      feil: [fieldError(felt, 'coercion-without-tribunal', 'Bare nemnda kan vedta dette.')],
    });
  if (TRIBUNAL_ONLY.includes(legalBasis))
    throw refused(`Bare nemnda vedtar etter § ${legalBasis}.`, '/legalBasis');
  if (decisionType === 'PALAGT_GJENNOMFORING') {
    throw refused('Det finnes ikke noe vedtak fra nemnda å gjennomføre.', '/decisionType');
  }
  measures.forEach((measure, index) => {
    if (TRIBUNAL_ONLY.includes(measure.legalBasis)) {
      throw refused(`Bare nemnda vedtar etter § ${measure.legalBasis}.`, `/measures/${index}/legalBasis`);
    }
    const isForced = !measure.voluntary || measureKind(measure.catalogueCode)?.voluntary === false;
    if (isForced && decisionType !== 'OPPHORT' && measure.legalBasis !== '4-1') {
      throw refused(
        'Tiltaket er ikke frivillig, og nemnda har ikke pålagt det.',
        `/measures/${index}/voluntary`,
      );
    }
  });
}

/** Placements (§§3-2, 3-3) and aftercare (§3-6) come later; an aftercare measure can be brought to an end. */
function assertSupported({ decisionType, legalBasis }: DecisionBasis): void {
  const comesLater =
    legalBasis === '3-2' || legalBasis === '3-3' || (legalBasis === '3-6' && decisionType !== 'OPPHORT');
  if (!comesLater && decisionType !== 'ETTERVERN') return;
  throw new RuleBroken({
    slug: 'not-yet-supported',
    detail: `Vedtak etter § ${comesLater ? legalBasis : '3-6'} kan ikke registreres her ennå.`,
    losning: 'Registrer vedtak etter § 3-1 eller § 4-1; plassering og ettervern kommer senere.',
  });
}

/** Rule 36b: the act of the date, the same § for decision and measures, and a § that the measure can rest on. */
function assertSameBasis({ decisionType, legalBasis, measures, on }: DecisionBasis): void {
  const refused = (detail: string, felt: string) =>
    ruleBroken('36b', { on, detail, feil: [fieldError(felt, 'legal-basis-mismatch', 'Rett hjemmelen.')] });
  if (!isBasisOf2021(legalBasis)) {
    throw refused(`§ ${legalBasis} er ikke hjemmel etter barnevernsloven 2021.`, '/legalBasis');
  }
  if (decisionType === 'AKUTT_4_1' && legalBasis !== '4-1') {
    throw refused('Et akuttvedtak om hjelpetiltak har § 4-1 som hjemmel.', '/legalBasis');
  }
  measures.forEach((measure, index) => {
    if (measure.legalBasis !== legalBasis) {
      throw refused('Tiltaket har en annen hjemmel enn vedtaket.', `/measures/${index}/legalBasis`);
    }
    const provisions = measureKind(measure.catalogueCode)?.provisions ?? [];
    if (legalBasis === '3-1' && !provisions.includes('3-1')) {
      throw refused(`Tiltaket kan ikke bygge på § ${legalBasis}.`, `/measures/${index}/catalogueCode`);
    }
  });
}
