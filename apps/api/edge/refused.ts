import type { FieldError } from '#forlop/domain';
import type { ProblemSlug } from './problem-texts.js';

interface Parts {
  /** Bokmål; the table's explanation when left out. Never a value from the request. */
  readonly detail?: string;
  readonly losning?: string;
  readonly feil?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The edge itself says no: to a body, a header, a method, a token. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly slug: ProblemSlug,
    readonly parts: Parts = {},
  ) {
    super(slug);
  }
}

/** 400 with every field error at once. */
export const invalidRequest = (feil: readonly FieldError[]): Refused =>
  new Refused('invalid-request', {
    detail: feil.length === 1 ? 'Ett felt har feil.' : `${feil.length} felter har feil.`,
    feil,
  });

/** An error in what stands outside the body: `felt` is the name of the header, query or path parameter. */
export const parameterError = (felt: string, regel: string, melding: string): FieldError => ({
  felt,
  regel,
  melding,
});
