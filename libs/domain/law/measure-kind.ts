/** What is known of a kind of measure, whoever it is decided for. */
import type { ProviderType } from '../kernel/shapes.js';

/** Letter of bvl §3-4 first paragraph, or `SENTER` for its second. */
export type OrderLetter = 'a' | 'b' | 'c' | 'd' | 'SENTER';

export interface MeasureKind {
  /** Key that a command names it by (`catalogueCode`). */
  readonly key: string;
  readonly name: string;
  /** SSB categories (`tiltakKategori`) that can stand for it, the usual first; `[]`: any. */
  readonly ssb: readonly string[];
  /** Who usually provides it; another is no error. */
  readonly providers: readonly ProviderType[];
  /** Whether it can be given with consent. */
  readonly voluntary: boolean;
  /** How the tribunal may order it (bvl §3-4); absent: it may not. `maxMonths` absent: without a limit. */
  readonly order?: { readonly letter: OrderLetter; readonly maxMonths?: number };
  /** May be decided by the tribunal without the child's consent (bvl §3-5). */
  readonly parentSupport: boolean;
  /** Directed at the child, so a child who is party must consent (rule 14). */
  readonly childPartyConsent: boolean;
  /** A home that the child stays in: «uttømmende og utvidet» police certificate (bvl §12-11 sixth paragraph). */
  readonly respiteHome: boolean;
  /** Ages that it is meant for, in whole years, both included: advice, never a bar. */
  readonly age: { readonly from?: number; readonly to?: number };
  /** Sections of barnevernsloven that a voluntary decision of it rests on. */
  readonly provisions: readonly string[];
  /** Whether it is a hjelpetiltak that the service decides; follow-up that is none stands in the catalogue to be named. */
  readonly measure: boolean;
}

type Particulars = Partial<Omit<MeasureKind, 'key' | 'name' | 'ssb' | 'providers'>>;

export const measure = (
  key: string,
  name: string,
  ssb: readonly string[],
  providers: readonly ProviderType[],
  particulars: Particulars = {},
): MeasureKind => ({
  voluntary: true,
  parentSupport: false,
  childPartyConsent: false,
  respiteHome: false,
  age: {},
  provisions: ['3-1'],
  measure: true,
  ...particulars,
  key,
  name,
  ssb,
  providers,
});

/** Measures that change the care in the home. Whether a named programme has the accepted basis is judged per case. */
export const ORDER_A = { order: { letter: 'a', maxMonths: 12 } } as const;
/** Barnehage and day care: without a limit of time (bvl §3-4 fourth paragraph). */
export const ORDER_B = { order: { letter: 'b' } } as const;
export const ORDER_C = { order: { letter: 'c', maxMonths: 12 } } as const;
export const ORDER_D = { order: { letter: 'd', maxMonths: 12 } } as const;
export const CENTRE = { order: { letter: 'SENTER', maxMonths: 3 } } as const;
