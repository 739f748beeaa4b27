/** What a broken SOFT rule leaves on an accepted event. */
export const FLAG_SLUGS = [
  'child-age',
  'wrong-municipality',
  'code-not-valid',
  'investigation-plan-missing',
  'extension-late',
  'participation-missing',
  'no-opportunity',
  'age-advice',
  'not-notified',
  'suspension-not-mentioned',
  'plan-late',
  'no-plan',
  'goal-without-indicator',
  'too-many-goals',
  'goal-not-observed',
  'evaluation-late',
  'final-evaluation-missing',
  'no-dialogue',
  'review-late',
  'investigation-late',
  /** D15: access was decided later than three virkedager after it was asked for. */
  'access-late',
] as const;
/** What a broken SOFT rule is called on an accepted event. */
export type FlagSlug = (typeof FLAG_SLUGS)[number];

/** A broken SOFT rule on an accepted command and on its event. */
export interface Flag {
  /** Number of the rule (model.md section 6), or the D-id of a deadline that no rule names. */
  readonly rule: string;
  readonly slug: FlagSlug;
  /** The limit by the law's own date; a breach is counted on it. */
  readonly dueOn?: string;
  readonly daysLate?: number;
}
