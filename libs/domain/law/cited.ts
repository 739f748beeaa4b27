import type { LawCode, LawReference } from '../kernel/law-reference.js';

const LAW_NAMES: Readonly<Record<LawCode, string>> = {
  BVL2021: 'barnevernsloven',
  BVL1992: 'barnevernloven 1992',
  FVL1967: 'forvaltningsloven',
  ARKL2025: 'arkivlova',
  KOMML2018: 'kommuneloven',
  DOMSTL1915: 'domstolloven',
};

/** As a lawyer writes it in English text: barnevernsloven §12-5 (1) a. */
export function cited({ law, section, paragraph, letter }: LawReference): string {
  return `${LAW_NAMES[law]} §${section}${paragraph == null ? '' : ` (${paragraph})`}${letter == null ? '' : ` ${letter}`}`;
}
