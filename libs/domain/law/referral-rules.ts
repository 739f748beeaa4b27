/** Rules 01–12: from the referral to the choice of a measure. */
import { provision } from '../kernel/law-reference.js';
import { SOURCES, type RuleFacts } from './rule.js';

export const referralRules = {
  '01': {
    title: 'Saken gjelder ett barn under 18 år, eller ungdom under 25 år med ettervern',
    severity: 'H/S',
    law: [provision('BVL2021', '1-2', 1), provision('BVL2021', '3-6', 3)],
    rejects: ['child-age'],
    flags: ['child-age'],
    losning:
      'Avslutt meldingen med en konklusjon når barnet er for gammelt. Er fødselsdatoen feil: rett personen; den nye datoen gjelder saken fra neste melding.',
  },
  '02': {
    title: 'Kommunen der barnet oppholder seg, har ansvaret',
    severity: 'H/S',
    law: [provision('BVL2021', '15-4', 1)],
    lawOfSlug: { 'district-missing': [] },
    kilde: SOURCES.ssb,
    rejects: ['wrong-municipality', 'district-missing'],
    flags: ['wrong-municipality'],
    losning: 'Konkluder meldingen med TRANSFERRED og send den til kommunen der barnet oppholder seg.',
  },
  '03': {
    title: 'En henlagt melding har en skriftlig, faglig begrunnelse',
    severity: 'H',
    law: [provision('BVL2021', '2-1', 2)],
    rejects: ['missing-reasons'],
    flags: [],
    losning:
      'Skriv den faglige vurderingen i professionalAssessment, eller oppgi manifestlyUnfounded hvis meldingen er åpenbart grunnløs.',
  },
  '04': {
    title: 'Gjennomgangen sier om det trengs umiddelbar oppfølging',
    severity: 'H',
    law: [provision('BVL2021', '2-1', 1)],
    rejects: ['urgency-missing'],
    flags: [],
    losning: 'Svar ja eller nei i immediateActionNeeded.',
  },
  '05': {
    title: 'En undersøkelse bygger på minst én melding som ikke er henlagt, og har en plan',
    severity: 'H/S',
    law: [provision('BVL2021', '2-2', 1), provision('BVL2021', '2-2', 3)],
    lawOfSlug: { 'no-open-referral': [provision('BVL2021', '2-2', 1)] },
    rejects: ['no-open-referral'],
    flags: ['investigation-plan-missing'],
    losning: 'Gå gjennom meldingen og konkluder med INVESTIGATE før undersøkelsen åpnes.',
  },
  '07': {
    title: 'Undersøkelsestiden utvides bare i særlige tilfeller, til høyst seks måneder i alt',
    severity: 'H/S',
    law: [provision('BVL2021', '2-2', 2)],
    rejects: ['extension-invalid'],
    flags: ['extension-late'],
    losning: 'Begrunn hvorfor tilfellet er særlig, og hold den nye fristen innenfor seks måneder i alt.',
  },
  '08': {
    title: 'En undersøkelse avsluttes på nøyaktig én av lovens måter',
    severity: 'H',
    law: [provision('BVL2021', '2-5', 1), provision('BVL2021', '2-5', 2)],
    rejects: ['conclusion-invalid'],
    flags: [],
    losning:
      'Oppgi grunnlag og vedtak ved VEDTAK_TILTAK, grunnlag og begjæring ved BEGJAERING, og vedtakets tekster ved henleggelse.',
  },
  '09': {
    title: 'Henleggelse med mulighet for ny undersøkelse krever at foreldrene har avslått anbefalte tiltak',
    severity: 'H',
    law: [{ ...provision('BVL2021', '2-5', 3), validFrom: '2026-01-01' }],
    kilde: 'Barnevernsloven § 2-5 tredje ledd, som gjelder fra 1. januar 2026',
    rejects: ['reopening-not-allowed'],
    flags: [],
    losning:
      'Registrer foreldrenes avslag før avslutningen og sett reopenUntil til høyst seks måneder etter den, eller velg HENLAGT.',
  },
  '10': {
    title: 'Barnets medvirkning er registrert før vedtak, plan og evaluering',
    severity: 'H/S',
    law: [provision('BVL2021', '1-4', 1), provision('BVL2021', '12-5', 1)],
    rejects: ['participation-missing'],
    flags: ['participation-missing', 'no-opportunity'],
    losning:
      'Registrer barnets medvirkning i fasen, eller hvorfor barnet ikke fikk anledning eller ikke ønsket det, senest på vedtaksdagen.',
  },
  '11': {
    title: 'Partsstatus er vurdert for foreldrene og barnet',
    severity: 'H',
    law: [provision('BVL2021', '12-2', 1), provision('BVL2021', '12-3', 1)],
    rejects: ['party-status-missing'],
    flags: [],
    losning: 'Vurder partsstatus for hver registrert forelder og for barnet før vedtaket.',
  },
  '12': {
    title: 'Det er begrunnet hvorfor nettopp dette tiltaket er valgt',
    severity: 'H',
    law: [],
    kilde: SOURCES.catalogue,
    rejects: ['no-justification'],
    flags: [],
    losning: 'Skriv i whyThisMeasure hvorfor nettopp dette tiltaket vil hjelpe barnet.',
  },
} as const satisfies Readonly<Record<string, RuleFacts>>;
