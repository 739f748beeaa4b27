/**
 * How long things take and how often they happen where no statistics at hand tell it: chosen so that a case reads like one.
 * There is no national code for why a measure ended (research.md, section 0), so there can be no national share either.
 */
import type { CaseCommandOf } from '#forlop/domain';
import type { Quantiles, Weighted } from './random.js';

/** Concerns about several children of one family at once. */
export const CHILDREN_IN_FAMILY: Weighted<number> = [
  [1, 80],
  [2, 15],
  [3, 5],
];

/** Days from receipt to review, for those that are in time (days off come on top) and those that are not. */
export const REVIEW_DAYS: Quantiles = [
  [0, 0],
  [30, 1],
  [75, 3],
  [100, 4],
];
export const LATE_REVIEW_DAYS: Quantiles = [
  [0, 8],
  [70, 14],
  [100, 34],
];

/** Days that an investigation takes when it is in time. It has 90 at least, counted from the end of the week of review. */
export const INVESTIGATION_DAYS: Quantiles = [
  [0, 18],
  [15, 45],
  [50, 74],
  [100, 86],
];
/** Days after its deadline when it is late. */
export const LATE_INVESTIGATION_DAYS: Quantiles = [
  [0, 1],
  [60, 14],
  [90, 45],
  [100, 100],
];

/** Days from a decision to the start of its measure. */
export const START_DAYS: Quantiles = [
  [0, 0],
  [30, 4],
  [60, 12],
  [90, 35],
  [100, 90],
];

/** Days that a measure is decided for. */
export const MEASURE_DAYS: Quantiles = [
  [0, 60],
  [25, 150],
  [60, 240],
  [90, 364],
  [100, 540],
];

export const END_REASONS: Weighted<CaseCommandOf<'EndMeasure'>['data']['reason']> = [
  ['MAL_NADD', 46],
  ['PERIODE_UTLOPT', 30],
  ['INGEN_EFFEKT', 12],
  ['FLYTTET_KOMMUNE', 6],
  ['ANNET', 4],
  ['OMSORGSOVERTAKELSE', 1.5],
  ['FLYTTET_UTLAND', 0.5],
];

/** Shares of 1. */
export const CHANCES = {
  /** A parent refuses what is recommended, where the investigation would have led to measures. */
  refused: 0.06,
  /** A consent is withdrawn while the measure runs. */
  withdrawn: 0.07,
  /** A measure is continued by a new decision when its time is out. */
  continued: 0.34,
  /** A further measure replaces one that did not work. */
  replaced: 0.25,
  /** The help is so close that somebody writes down every week how it goes, to the end. */
  followedWeekly: 0.07,
  /** The plan is made on the day of the decision. */
  planInTime: 0.72,
  /** The child was not given an opportunity to take part. */
  notHeard: 0.05,
  /** Another referral while an investigation or a measure goes on, each year. */
  againAYear: 1.05,
  /** A closed case is referred again, at some time. */
  reopened: 0.3,
  /** Somebody put a wrong word right, or took an entry back. */
  corrected: 0.04,
  /** A parent asks to see the case. */
  asksForAccess: 0.035,
} as const;
