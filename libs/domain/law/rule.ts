/** What is known of a rule. */
import type { Slug } from '../kernel/errors.js';
import type { FlagSlug } from '../kernel/flags.js';
import type { LawReference } from '../kernel/law-reference.js';
import type { LocalDate } from '../kernel/dates.js';

/** A provision, and the dates between which the rule rests on it where that changed. */
export interface DatedLaw extends LawReference {
  readonly validFrom?: LocalDate;
  readonly validTo?: LocalDate;
}

export interface RuleFacts {
  /** Bokmål. */
  readonly title: string;
  /** HARD rejects, SOFT flags, both: by what is broken or when. */
  readonly severity: 'H' | 'S' | 'H/S';
  readonly law: readonly DatedLaw[];
  /** Instead of `law`, for a slug that rests on another provision, or on none. */
  readonly lawOfSlug?: { readonly [S in Slug]?: readonly DatedLaw[] };
  /** Where the rule comes from when that is no statute, or not a statute alone. */
  readonly kilde?: string;
  /** What it is refused with; the first is the usual one. */
  readonly rejects: readonly Slug[];
  /** What it is flagged with. */
  readonly flags: readonly FlagSlug[];
  /** What would satisfy it, in bokmål. */
  readonly losning: string;
}

/** Where rules come from that no statute holds. */
export const SOURCES = {
  ssb: 'Statistisk sentralbyrås kontroller av barnevernsrapporteringen, XSD 4.0.1',
  catalogue: 'Tjenestekatalogene for kommunenes og Bufetats tjenestetilbud til utsatte og sårbare barn',
  preparation: 'Veilederen «Forberedelse og oppstart av hjelpetiltak»',
  consent: 'Retningslinjer om hjelpetiltak og veilederen «Forberedelse og oppstart av hjelpetiltak»',
  childConsent: 'NOU 2016: 16 og veilederen «Forberedelse og oppstart av hjelpetiltak»',
} as const;
