/** A provision of a statute. */
export const LAWS = ['BVL2021', 'BVL1992', 'FVL1967', 'ARKL2025', 'KOMML2018', 'DOMSTL1915'] as const;
/** Barnevernsloven 2021 and 1992, forvaltningsloven, arkivlova, kommuneloven, domstolloven. */
export type LawCode = (typeof LAWS)[number];

export interface LawReference {
  readonly law: LawCode;
  /** As printed after «§», without spaces: `12-3`, `27`. */
  readonly section: string;
  readonly paragraph?: number | null;
  readonly letter?: string | null;
}

/** A provision, built from its parts. */
export const provision = (
  law: LawCode,
  section: string,
  paragraph: number | null = null,
  letter: string | null = null,
): LawReference => ({ law, section, paragraph, letter });
