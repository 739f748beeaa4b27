/** The closed union of everything that can be wrong, as the contract names it. */
import type { LawReference } from './law-reference.js';

/** Every problem slug with its HTTP status. */
export const STATUS_OF = {
  'malformed-json': 400,
  'invalid-request': 400,
  'idempotency-key-missing': 400,
  unauthenticated: 401,
  forbidden: 403,
  'district-missing': 403,
  'not-authorised-to-decide': 403,
  'evaluator-not-municipality': 403,
  'outside-supervision-scope': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'concurrent-change': 409,
  'id-in-use': 409,
  'no-open-referral': 409,
  'participation-missing': 409,
  'party-status-missing': 409,
  'consent-missing': 409,
  'child-consent-missing': 409,
  'no-decision': 409,
  'plan-not-in-force': 409,
  'measure-already-ended': 409,
  'already-done': 409,
  'decision-not-journaled': 409,
  /** Only of `forlop shred`: arkivlova 2025 asks for the records to be kept. */
  'retention-required': 409,
  'stale-revision': 412,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'idempotency-key-reused': 422,
  'not-yet-supported': 422,
  'code-not-valid': 422,
  'date-in-future': 422,
  'date-before-case': 422,
  'date-out-of-order': 422,
  'child-age': 422,
  'wrong-municipality': 422,
  'missing-reasons': 422,
  'urgency-missing': 422,
  'extension-invalid': 422,
  'conclusion-invalid': 422,
  'reopening-not-allowed': 422,
  'no-justification': 422,
  'consent-not-informed': 422,
  'decision-incomplete': 422,
  'specification-missing': 422,
  'not-orderable': 422,
  'omission-not-lawful': 422,
  'notification-incomplete': 422,
  'coercion-without-tribunal': 422,
  'order-too-long': 422,
  'plan-incomplete': 422,
  'police-certificate-missing': 422,
  'legal-basis-mismatch': 422,
  'evaluation-incomplete': 422,
  'decision-required': 422,
  'requester-not-identified': 422,
  'refusal-basis-missing': 422,
  'under-15-confidential': 422,
  'small-cells': 422,
  'store-unavailable': 503,
  'access-log-unavailable': 503,
  'not-caught-up': 503,
  'stream-parked': 503,
} as const;

export type Slug = keyof typeof STATUS_OF;

/** One thing wrong with one field of a request. */
export interface FieldError {
  /** JSON pointer (RFC 6901) into the body; `''` is the body itself. */
  readonly felt: string;
  /** Which kind of demand was not met, e.g. `required`, `format`. */
  readonly regel: string;
  /** What to do, in bokmål; never the value that was sent. */
  readonly melding: string;
}

export interface Breach {
  readonly slug: Slug;
  /** Number of the rule (model.md section 6) or D-id. */
  readonly rule?: string;
  readonly law?: readonly LawReference[];
  /** The source where it is no statute. */
  readonly kilde?: string;
  /** What would satisfy the rule, in bokmål. */
  readonly losning?: string;
  /** What is wrong here, in bokmål: ids, dates and codes at most, never a name or a text of the request. */
  readonly detail: string;
  readonly feil?: readonly FieldError[];
}

/** A HARD rule was broken: the command is refused and nothing is stored. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken';
  readonly slug: Slug;
  readonly rule?: string;
  readonly law: readonly LawReference[];
  readonly kilde?: string;
  readonly losning: string;
  readonly detail: string;
  readonly feil?: readonly FieldError[];

  constructor(breach: Breach) {
    super(breach.slug);
    this.slug = breach.slug;
    if (breach.rule !== undefined) this.rule = breach.rule;
    this.law = breach.law ?? [];
    if (breach.kilde !== undefined) this.kilde = breach.kilde;
    this.losning = breach.losning ?? '';
    this.detail = breach.detail;
    if (breach.feil !== undefined) this.feil = breach.feil;
  }

  /** HTTP status of the problem. */
  get status(): number {
    return STATUS_OF[this.slug];
  }
}
