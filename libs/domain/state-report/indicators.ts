/** The quality indicators of model.md section 11 that a report holds: what each is called, and what hangs together with what. */
import { END_REASONS, type EndReason } from '../child-case/fields.js';

export const INDICATOR_IDS = [
  'Q1',
  'Q2',
  'Q3',
  'Q4',
  'Q5',
  'Q6',
  'Q7',
  'Q8',
  'Q9',
  'Q10',
  'Q11',
  'Q12',
  'Q13',
  'Q14',
  'Q15',
  'Q16',
  'Q17',
  'Q18',
  'Q20',
  'Q22',
] as const;
export type IndicatorId = (typeof INDICATOR_IDS)[number];
export const isIndicatorId = (id: string): id is IndicatorId =>
  (INDICATOR_IDS as readonly string[]).includes(id);

/** `COUNT` has a numerator alone, `SHARE` numerator and denominator, `DAYS` a median. */
export type FigureKind = 'COUNT' | 'SHARE' | 'DAYS';

export interface FigureDefinition {
  /** Bokmål. */
  readonly name: string;
  readonly kind: FigureKind;
  /** Names of the cells that its numbers are: the same name in two figures is the same number. */
  readonly cells: readonly [] | readonly [string] | readonly [string, string];
}

export interface IndicatorDefinition extends FigureDefinition {
  readonly parts?: Readonly<Record<string, FigureDefinition>>;
}

const count = (name: string, cell: string): FigureDefinition => ({ name, kind: 'COUNT', cells: [cell] });
const share = (name: string, of: string, all: string): FigureDefinition => ({
  name,
  kind: 'SHARE',
  cells: [of, all],
});
const days = (name: string): FigureDefinition => ({ name, kind: 'DAYS', cells: [] });

const REASON_NAMES: Readonly<Record<EndReason, string>> = {
  MAL_NADD: 'Målet er nådd',
  INGEN_EFFEKT: 'Tiltaket hadde ikke effekt',
  ERSTATTET: 'Erstattet av et annet tiltak',
  SAMTYKKE_TRUKKET: 'Samtykket er trukket',
  PERIODE_UTLOPT: 'Perioden er utløpt',
  PALEGG_UTLOPT: 'Pålegget er utløpt',
  FLYTTET_KOMMUNE: 'Flyttet til en annen kommune',
  FLYTTET_UTLAND: 'Flyttet til utlandet',
  FYLT_18_UTEN_SAMTYKKE: 'Fylt 18 år uten samtykke',
  FYLT_25: 'Fylt 25 år',
  OMSORGSOVERTAKELSE: 'Omsorgsovertakelse',
  OMGJORT_VED_KLAGE: 'Omgjort etter klage',
  DODSFALL: 'Dødsfall',
  ANNET: 'Annet',
};

/** Groups of the national list of measures; `UKJENT` is one whose group no decision tells. */
export const MEASURE_GROUPS: Readonly<Record<string, string>> = {
  '1': 'Institusjoner',
  '2': 'Fosterhjem',
  '3': 'Tiltak for å styrke foreldreferdigheter',
  '4': 'Tiltak for å styrke barnets utvikling',
  '5': 'Tilsyn og kontroll',
  '6': 'Nettverksarbeid og samarbeid med andre tjenester',
  '7': 'Undersøkelse og behandling fra andre tjenester',
  '8': 'Bolig',
  UKJENT: 'Ukjent kategori',
};

const each = <K extends string>(names: Readonly<Record<K, string>>, figure: (key: K) => FigureDefinition) =>
  Object.fromEntries((Object.keys(names) as K[]).map((key) => [key, figure(key)]));

export const endedBy = (reason: EndReason): string => `ended-${reason}`;
export const activeIn = (group: string): string => `active-${group}`;

export const INDICATORS: Readonly<Record<IndicatorId, IndicatorDefinition>> = {
  Q1: count('Meldinger mottatt', 'referrals'),
  Q2: share('Henlagte meldinger', 'dismissed', 'assessed'),
  Q3: share('Fristbrudd i gjennomgangen av meldinger', 'assessed-late', 'assessed'),
  Q4: count('Undersøkelser avsluttet', 'concluded'),
  Q5: share('Fristbrudd i undersøkelser', 'concluded-late', 'concluded'),
  Q6: share('Undersøkelser som gir tiltak', 'concluded-measures', 'concluded'),
  Q7: {
    ...count('Barn med tiltak', 'children'),
    parts: { VED_SLUTTEN: count('Barn med tiltak ved periodens slutt', 'children-at-end') },
  },
  Q8: share('Barn med bare hjelpetiltak i hjemmet', 'children-at-home', 'children'),
  Q9: share('Barn med tiltaksplan', 'children-with-plan', 'children-at-end'),
  Q10: share('Barn med evaluert tiltaksplan', 'plans-evaluated', 'plans-in-force'),
  Q11: share('Første evaluering innen seks uker', 'first-evaluations-in-time', 'first-evaluations'),
  Q12: share('Evalueringer innen planens frist', 'evaluations-in-time', 'evaluations-due'),
  Q13: {
    ...share('Vedtak og evalueringer der barnet medvirket', 'took-part', 'participations'),
    parts: {
      INGEN_MULIGHET: share('Barnet hadde ikke mulighet til å medvirke', 'no-opportunity', 'participations'),
    },
  },
  Q14: {
    ...share('Avsluttede tiltak der målet er nådd', endedBy('MAL_NADD'), 'ended'),
    parts: {
      INGEN_EFFEKT: share('Avsluttede tiltak uten effekt', endedBy('INGEN_EFFEKT'), 'ended'),
      FREMGANG: share('Mål nådd eller med fremgang i evalueringer', 'goals-forward', 'goals'),
    },
  },
  Q15: {
    ...count('Avsluttede tiltak', 'ended'),
    parts: each(REASON_NAMES, (reason) => count(REASON_NAMES[reason], endedBy(reason))),
  },
  Q16: days('Dager fra vedtak til iverksettelse (median)'),
  Q17: {
    ...days('Varighet på avsluttede tiltak i dager (median)'),
    parts: each(MEASURE_GROUPS, (group) => days(MEASURE_GROUPS[group] ?? group)),
  },
  Q18: {
    ...count('Tiltak ved periodens slutt', 'active'),
    parts: each(MEASURE_GROUPS, (group) => count(MEASURE_GROUPS[group] ?? group, activeIn(group))),
  },
  Q20: share('Samtykker til tiltak som er trukket, av frivillige tiltak', 'withdrawn', 'voluntary'),
  Q22: {
    ...count('Begjæringer om innsyn', 'requests'),
    parts: {
      INNEN_FRIST: share('Avgjort innen tre virkedager', 'requests-in-time', 'requests'),
      DELVIS: count('Delvis innsyn', 'requests-partly'),
      NEKTET: count('Innsyn nektet', 'requests-refused'),
    },
  },
};

/** A provision that access was refused by, as the key of a part of Q22: `FVL1967-19-1-d`. */
export const PROVISION_KEY =
  /^(?:BVL2021|BVL1992|FVL1967|ARKL2025|KOMML2018|DOMSTL1915)-[0-9a-z]{1,6}(?:-[0-9a-zæøå]{1,3}){0,3}$/;

/** The parts that an indicator may have beside those of its definition: only Q22 does, one per provision. */
export function partDefinition(id: IndicatorId, key: string): FigureDefinition | undefined {
  const parts = INDICATORS[id].parts ?? {};
  if (Object.hasOwn(parts, key)) return parts[key];
  return id === 'Q22' && PROVISION_KEY.test(key)
    ? count(`Unntatt etter ${provisionName(key)}`, `exempted-${key}`)
    : undefined;
}

const LAW_NAMES: Readonly<Record<string, string>> = {
  BVL2021: 'barnevernsloven',
  BVL1992: 'barnevernloven (1992)',
  FVL1967: 'forvaltningsloven',
  ARKL2025: 'arkivlova',
  KOMML2018: 'kommuneloven',
  DOMSTL1915: 'domstolloven',
};
/** Sections of barnevernsloven are numbered by chapter, so their own number has a hyphen too. */
function provisionName(key: string): string {
  const [law = '', ...rest] = key.split('-');
  const ofSection = law.startsWith('BVL') ? 2 : 1;
  const [paragraph, letter] = rest.slice(ofSection);
  return [
    `${LAW_NAMES[law] ?? law} § ${rest.slice(0, ofSection).join('-')}`,
    ...(paragraph === undefined || paragraph === '0' ? [] : [`${paragraph}. ledd`]),
    ...(letter === undefined ? [] : [`bokstav ${letter}`]),
  ].join(' ');
}

/** Totals and what they are made up of; `rest`: what no figure shows has a cell of its own. */
export const TOTALS: readonly {
  readonly total: string;
  readonly parts: readonly string[];
  readonly rest: boolean;
}[] = [
  { total: 'assessed', parts: ['dismissed'], rest: true },
  { total: 'assessed', parts: ['assessed-late'], rest: true },
  { total: 'concluded', parts: ['concluded-late'], rest: true },
  { total: 'concluded', parts: ['concluded-measures'], rest: true },
  { total: 'children', parts: ['children-at-end'], rest: true },
  { total: 'children', parts: ['children-at-home'], rest: true },
  { total: 'children-at-end', parts: ['children-with-plan'], rest: true },
  { total: 'plans-in-force', parts: ['plans-evaluated'], rest: true },
  { total: 'first-evaluations', parts: ['first-evaluations-in-time'], rest: true },
  { total: 'evaluations-due', parts: ['evaluations-in-time'], rest: true },
  { total: 'participations', parts: ['took-part', 'no-opportunity'], rest: true },
  { total: 'goals', parts: ['goals-forward'], rest: true },
  { total: 'ended', parts: END_REASONS.map(endedBy), rest: false },
  { total: 'active', parts: Object.keys(MEASURE_GROUPS).map(activeIn), rest: false },
  { total: 'requests', parts: ['requests-in-time'], rest: true },
  { total: 'requests', parts: ['requests-partly', 'requests-refused'], rest: true },
];

/** Indicators of section 11 that no events can tell yet, and why. */
export const NOT_YET_COMPUTABLE: Readonly<Record<string, string>> = {
  Q19: 'Begjæringer til og vedtak i barneverns- og helsenemnda registreres ikke ennå, så ingen tiltak er pålagt.',
  Q21: 'Klager registreres ikke ennå.',
  Q23: 'Kontakt og vedtak om ettervern registreres ikke ennå, og alder er forseglet i saken.',
  Q24: 'Bemanning er ikke en del av sakene: årsverk og fagutdanning kommer utenfra.',
  Q25: 'Økonomi er ikke en del av sakene: KOSTRA-funksjonene kommer utenfra.',
  Q26: 'Pålegg om retting registreres ikke ennå; fristbrudd vises i Q3 og Q5.',
};
