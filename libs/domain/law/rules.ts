/** The rules of the case, by number: what each is called, where it comes from and what would satisfy it. */
import { RuleBroken, type Breach, type FieldError, type Slug } from '../kernel/errors.js';
import { provision, type LawReference } from '../kernel/law-reference.js';
import type { Flag, FlagSlug } from '../kernel/flags.js';
import type { LocalDate } from '../kernel/dates.js';
import { accessRules } from './access-rules.js';
import { decisionRules } from './decision-rules.js';
import { followUpRules } from './follow-up-rules.js';
import { referralRules } from './referral-rules.js';
import { reportRules } from './report-rules.js';
import type { RuleFacts } from './rule.js';

export type { DatedLaw, RuleFacts } from './rule.js';

const TABLE = {
  ...referralRules,
  ...decisionRules,
  ...followUpRules,
  ...accessRules,
  ...reportRules,
} as const;

/** Number of an invariant of model.md section 6. */
export type RuleNumber = keyof typeof TABLE;

export const RULES: Readonly<Record<RuleNumber, RuleFacts>> = TABLE;

/** In the order of model.md. */
export const RULE_NUMBERS: readonly RuleNumber[] = (Object.keys(TABLE) as RuleNumber[]).sort(
  (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || a.localeCompare(b),
);

/** The provisions that a rule, or one of its slugs, rests on, on a date; `[]` where its source is no statute. */
export const lawOf = (number: RuleNumber, on: LocalDate, slug?: Slug): readonly LawReference[] => {
  const { law, lawOfSlug } = RULES[number];
  return ((slug === undefined ? undefined : lawOfSlug?.[slug]) ?? law)
    .filter(({ validFrom, validTo }) => (validFrom ?? on) <= on && on <= (validTo ?? on))
    .map(({ law: act, section, paragraph, letter }) => provision(act, section, paragraph, letter));
};

export interface BreachDetails {
  /** What is wrong here, in bokmål, without personal data. */
  readonly detail: string;
  /** The legal date that is judged: the law as it stood then is cited. */
  readonly on: LocalDate;
  /** Which of the rule's slugs; its first by default. */
  readonly slug?: Slug;
  /** Instead of the rule's general advice. */
  readonly losning?: string;
  readonly feil?: readonly FieldError[];
}

/** The error of a broken HARD rule, to be thrown. */
export function ruleBroken(number: RuleNumber, details: BreachDetails): RuleBroken {
  const rule = RULES[number];
  const slug = details.slug ?? rule.rejects[0];
  if (slug === undefined) throw new TypeError(`Rule ${number} rejects nothing`);
  const breach: Breach = {
    slug,
    rule: number,
    law: lawOf(number, details.on, slug),
    losning: details.losning ?? rule.losning,
    detail: details.detail,
    ...(rule.kilde === undefined ? {} : { kilde: rule.kilde }),
    ...(details.feil === undefined ? {} : { feil: details.feil }),
  };
  return new RuleBroken(breach);
}

/** The flag of a broken SOFT rule, to be put on the event; `deadlineFlag` makes that of a deadline. */
export const ruleFlag = (rule: RuleNumber, slug: FlagSlug): Flag => ({ rule, slug });
