/** Rules 13–28: consent, decision and notice. */
import { provision } from '../kernel/law-reference.js';
import { SOURCES, type RuleFacts } from './rule.js';

export const decisionRules = {
  '13': {
    title: 'Et frivillig tiltak har virksomt samtykke fra alle med daglig omsorg, eller fra ungdommen selv',
    severity: 'H',
    law: [],
    kilde: SOURCES.consent,
    rejects: ['consent-missing'],
    flags: [],
    losning:
      'Innhent samtykke av typen TILTAK som nevner tiltaket, fra hver som har daglig omsorg (fra ungdommen alene ved 18 år), og vis til det i consentIds.',
  },
  '14': {
    title: 'Barn som er part, samtykker til tiltak som retter seg mot barnet',
    severity: 'H',
    law: [provision('BVL2021', '12-3', 1)],
    kilde: SOURCES.childConsent,
    rejects: ['child-consent-missing'],
    flags: [],
    losning:
      'Innhent barnets eget samtykke av typen TILTAK som nevner tiltaket, og vis til det i consentIds.',
  },
  '15': {
    title: 'Samtykket er informert',
    severity: 'H',
    law: [],
    kilde: SOURCES.preparation,
    rejects: ['consent-not-informed'],
    flags: [],
    losning:
      'Informer om formål, deling av opplysninger, varighet, rett til å trekke samtykket, medvirkning og klagerett, og bekreft hvert punkt.',
  },
  '16': {
    title:
      'Når et samtykke trekkes, avsluttes tiltaket, eller det treffes nytt vedtak eller sendes begjæring',
    severity: 'S',
    law: [],
    kilde: SOURCES.consent,
    rejects: [],
    flags: [],
    losning:
      'Avslutt tiltaket, treff nytt vedtak eller send begjæring til nemnda innen fem virkedager etter at samtykket ble trukket.',
  },
  '18': {
    title: 'Vedtaket har alle delene som loven krever',
    severity: 'H',
    law: [provision('BVL2021', '12-5', 1), provision('FVL1967', '24', 1), provision('FVL1967', '25')],
    rejects: ['decision-incomplete'],
    flags: [],
    losning:
      'Fyll ut fakta, barnevernsfaglig vurdering, barnets mening og vekten av den, barnets beste og familiebånd.',
  },
  '19': {
    title: 'Bare kommunens leder, eller den lederen har delegert til, treffer vedtak',
    severity: 'H',
    law: [provision('BVL2021', '15-7', 2)],
    rejects: ['not-authorised-to-decide'],
    flags: [],
    losning: 'La barnevernslederen treffe vedtaket, eller oppgi delegasjonen i decidedBy.delegation.',
  },
  '20': {
    title: 'Mangel på ressurser eller tiltak er ingen gyldig grunn til avslag',
    severity: 'H',
    law: [],
    kilde: SOURCES.catalogue,
    rejects: ['invalid-request'],
    flags: [],
    losning: 'Velg en grunn som kodeverket har: mangel på ressurser finnes ikke som grunn.',
  },
  '22': {
    title: 'Koden gjelder på datoen, har den presiseringen som kreves, og tiltaket passer barnets alder',
    severity: 'H/S',
    law: [],
    lawOfSlug: { 'not-orderable': [provision('BVL2021', '3-4', 1)] },
    kilde: SOURCES.ssb,
    rejects: ['code-not-valid', 'specification-missing', 'not-orderable'],
    flags: ['age-advice', 'code-not-valid'],
    losning: 'Velg en kode som gjelder på datoen, og skriv en presisering der koden krever det.',
  },
  '25': {
    title: 'Alle parter og alle med foreldreansvar underrettes, eller unntaket er lovlig',
    severity: 'H/S',
    law: [provision('BVL2021', '12-2', 2), provision('FVL1967', '27', 1)],
    rejects: ['omission-not-lawful'],
    flags: ['not-notified'],
    losning:
      'Bruk FARE eller IKKE_TILGJENGELIG bare for forelder som ikke er part, og APENBART_UNODVENDIG bare for part; ellers send underretning.',
  },
  '26': {
    title: 'Underretningen opplyser om klagerett, frist, klageinstans, framgangsmåte og innsynsrett',
    severity: 'H/S',
    law: [provision('FVL1967', '27', 3)],
    rejects: ['notification-incomplete'],
    flags: ['suspension-not-mentioned'],
    losning:
      'Ta med klagerett, klageinstans, klagefrist, framgangsmåte og rett til innsyn i underretningen, og bekreft hvert punkt i includes.',
  },
  '27': {
    title: 'Bare barneverns- og helsenemnda kan pålegge tiltak',
    severity: 'H',
    law: [provision('BVL2021', '3-4', 1), provision('BVL2021', '3-5'), provision('BVL2021', '4-1')],
    rejects: ['coercion-without-tribunal'],
    flags: [],
    losning: 'Innhent samtykke til et frivillig tiltak, eller send begjæring om pålegg til nemnda.',
  },
  '28': {
    title: 'Et pålagt tiltak varer ikke lenger enn loven tillater',
    severity: 'H',
    law: [provision('BVL2021', '3-4', 4), provision('BVL2021', '3-5')],
    rejects: ['order-too-long'],
    flags: [],
    losning:
      'Sett slutten til høyst ett år (senter for foreldre og barn tre måneder, § 3-5 seks måneder) etter nemndas vedtak.',
  },
} as const satisfies Readonly<Record<string, RuleFacts>>;
