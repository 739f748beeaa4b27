/**
 * National figures, each with its source. What no statistics tell is in `assumptions.ts`, and says so.
 * Shares are of 1 where nothing else is said; the counts are those of the source, used as weights.
 */
import type { Weighted } from './random.js';

const MAIN_FIGURES_2019 = 'SSB, Barnevern, hovudtal og tabell 1 for 2019 (ssb.no/barneverng, 2.7.2020)';
const REFERRALS_2020 = 'SSB, «Noko færre meldingar til barnevernet i 2020» (ssb.no, 2021)';
const INVESTIGATIONS_2019 = 'Bufdir, Statistikk og analyse, «Undersøkelser», 2019';
const REPORTERS_2010 = 'SSB, tabell 16, «Undersøkingssaker avslutta, etter … meldingsinstans», 2010';
const MEASURES_2010 =
  'SSB, tabell 5, «Barn med barnevernstiltak i løpet av året, etter alder og tiltak», 2010';

/** Ages by group as the statistics have them. From 18 on nobody is referred here: aftercare cannot be decided yet. */
export type AgeGroup = '0-2' | '3-5' | '6-12' | '13-17';
export const ageGroup = (age: number): AgeGroup =>
  age < 3 ? '0-2' : age < 6 ? '3-5' : age < 13 ? '6-12' : '13-17';

/** Children who were referred. Source: MAIN_FIGURES_2019. */
export const REFERRED_BY_AGE: Weighted<readonly [from: number, to: number]> = [
  [[0, 2], 6_292],
  [[3, 5], 9_032],
  [[6, 12], 24_008],
  [[13, 17], 17_461],
];
/** 31 241 of 57 988. Source: MAIN_FIGURES_2019. */
export const BOYS = 31_241 / 57_988;

/** Reviewed referrals that were dismissed, by the child's age: 11 103 of 57 988 in all. Source: MAIN_FIGURES_2019. */
export const DISMISSED: Readonly<Record<AgeGroup, number>> = {
  '0-2': 1_044 / 6_292,
  '3-5': 1_460 / 9_032,
  '6-12': 4_232 / 24_008,
  '13-17': 4_004 / 17_461,
};

/** More than 99 % were reviewed within seven days. Source: REFERRALS_2020. */
export const REVIEWED_LATE = 0.007;
/** Of 86 300 that came in, 14 650 were of children who had measures, 14 850 came into an investigation. Source: REFERRALS_2020. */
export const WITH_MEASURES = 14_650 / 86_300;
export const UNDER_INVESTIGATION = 14_850 / 86_300;

/** 92 % of the investigations were done within three months. Source: INVESTIGATIONS_2019. */
export const INVESTIGATED_LATE = 0.08;
/** 61 % led to no measures. Source: INVESTIGATIONS_2019; 59 % in 2017 (SSB, tabell barnev0600). */
export const WITHOUT_MEASURES = 0.61;
/** Under 1 % went to the tribunal. Source: INVESTIGATIONS_2019. */
export const PETITIONED = 0.008;

/** Who referred the child: codes of `melder`. Source: REPORTERS_2010, the latest of its kind that is at hand. */
export const REPORTERS: Weighted<string> = [
  ['1', 444],
  ['2', 4_575],
  ['3', 956],
  ['4', 3_527],
  ['5', 4_139],
  ['6', 813],
  ['7', 1_997],
  ['8', 3_906],
  ['9', 1_406],
  ['10', 1_877],
  ['11', 4_314],
  ['12', 270],
  ['13', 1_717],
  ['15', 1_699],
  ['18', 259],
  ['19', 604],
  ['20', 71],
  ['21', 29],
  ['22', 1_363],
];

type Kinds = Readonly<Record<AgeGroup, Weighted<string>>>;

/** Measures by the age of the child, keys of the catalogue; «andre tiltak» is left out. Source: MEASURES_2010. */
export const MEASURES: Kinds = {
  '0-2': [
    ['raad-veiledning', 1_441],
    ['barnehage', 1_187],
    ['besokshjem', 540],
    ['okonomi', 532],
    ['ansvarsgruppe', 463],
    ['omsorgsendrende-hjem', 368],
    ['senter', 270],
    ['tilsyn-frivillig', 230],
    ['hjemmeveiledning', 215],
  ],
  '3-5': [
    ['barnehage', 3_306],
    ['raad-veiledning', 2_292],
    ['besokshjem', 1_614],
    ['okonomi', 927],
    ['ansvarsgruppe', 793],
    ['omsorgsendrende-hjem', 540],
    ['hjemmeveiledning', 328],
    ['tilsyn-frivillig', 297],
    ['pmto', 170],
    ['stottekontakt', 142],
    ['senter', 98],
  ],
  '6-12': [
    ['raad-veiledning', 6_512],
    ['besokshjem', 5_481],
    ['sfo', 4_879],
    ['okonomi', 3_168],
    ['ansvarsgruppe', 2_686],
    ['fritid', 2_158],
    ['stottekontakt', 1_693],
    ['omsorgsendrende-hjem', 1_544],
    ['hjemmeveiledning', 837],
    ['pmto', 755],
    ['tilsyn-frivillig', 702],
  ],
  '13-17': [
    ['raad-veiledning', 5_533],
    ['okonomi', 3_867],
    ['besokshjem', 3_099],
    ['fritid', 2_351],
    ['ansvarsgruppe', 2_233],
    ['omsorgsendrende-hjem', 1_827],
    ['stottekontakt', 1_785],
    ['mst', 700],
    ['hjemmeveiledning', 473],
    ['tilsyn-frivillig', 402],
    ['utdanning-arbeid', 233],
  ],
};

/** Figures that the world is compared with when it is made. */
export const NATIONAL = {
  dismissed: { share: 11_103 / 57_988, source: MAIN_FIGURES_2019 },
  reviewedLate: { share: REVIEWED_LATE, source: REFERRALS_2020 },
  withMeasures: { share: WITH_MEASURES, source: REFERRALS_2020 },
  underInvestigation: { share: UNDER_INVESTIGATION, source: REFERRALS_2020 },
  investigatedLate: { share: INVESTIGATED_LATE, source: INVESTIGATIONS_2019 },
  leadToMeasures: { share: 1 - WITHOUT_MEASURES - PETITIONED, source: INVESTIGATIONS_2019 },
  petitioned: { share: PETITIONED, source: INVESTIGATIONS_2019 },
  byPolice: { share: 3_906 / 33_966, source: REPORTERS_2010 },
  /** Of the kinds in `MEASURES`, all ages together: 1 441 + 2 292 + 6 512 + 5 533 of 68 671. */
  advice: { share: 15_778 / 68_671, source: MEASURES_2010 },
} as const;
