/** Which set of rules a legal date is judged by. */
import type { LocalDate } from '../kernel/dates.js';
import type { RulesetVersion } from '../kernel/envelope.js';
import type { LawCode } from '../kernel/law-reference.js';

interface Ruleset {
  readonly version: RulesetVersion;
  readonly validFrom: LocalDate;
  /** The child-welfare act that decisions of these dates cite. */
  readonly act: LawCode;
  /** Whether our rules judge what happened then; facts of an older law are recorded and imported only. */
  readonly judged: boolean;
}

/** Newest first. */
const RULESETS: readonly Ruleset[] = [
  { version: 'BVL2021-2027', validFrom: '2027-01-01', act: 'BVL2021', judged: true },
  { version: 'BVL2021-2026', validFrom: '2026-01-01', act: 'BVL2021', judged: true },
  { version: 'BVL2021', validFrom: '2023-01-01', act: 'BVL2021', judged: true },
];
const BEFORE: Ruleset = { version: 'BVL1992', validFrom: '1993-01-01', act: 'BVL1992', judged: false };

const on = (date: LocalDate): Ruleset => RULESETS.find(({ validFrom }) => validFrom <= date) ?? BEFORE;

export const rulesetAt = (date: LocalDate): RulesetVersion => on(date).version;

/** Barnevernsloven of the date: what a decision made then cites. */
export const actAt = (date: LocalDate): LawCode => on(date).act;

/** Whether the rules of model.md section 6 are judged for a legal date: not before 2023-01-01. */
export const isJudged = (date: LocalDate): boolean => on(date).judged;

/** The first legal date that is judged. */
export const JUDGED_FROM: LocalDate = RULESETS.reduce(
  (first, { judged, validFrom }) => (judged && validFrom < first ? validFrom : first),
  '9999-12-31',
);
