/** The measure catalogue: what can be decided, by key, and what the national list says of it on a date. */
import { codesOf, isCodeValid, needsSpecification, type Code } from '../kernel/codes.js';
import type { LocalDate } from '../kernel/dates.js';
import { MEASURES } from './catalogue-table.js';
import { measure, type MeasureKind } from './measure-kind.js';

export type { MeasureKind, OrderLetter } from './measure-kind.js';

const CATEGORIES = 'tiltakKategori';

/** SSB categories that no measure of the sources uses, with the provision that each rests on; the service accepts them too. */
const OTHER_CATEGORIES: Readonly<Record<string, string>> = {
  '1.2': '3-2',
  '2.4': '3-2',
  '2.6': '3-2',
  '2.99': '3-2',
  '4.9': '3-1',
  '5.3': '3-1',
  '7.1': '3-7',
  '7.2': '3-8',
  '7.3': '3-1',
  '8.1': '3-1',
  '8.99': '3-1',
};

const others: readonly MeasureKind[] = codesOf(CATEGORIES).flatMap(({ code, label }) => {
  const provision = OTHER_CATEGORIES[code];
  return provision === undefined
    ? []
    : [measure(code, label, [code], ['KOMMUNE'], { provisions: [provision] })];
});

/** Every measure: the rows of model.md section 9, then each national category that they leave out, by its code. */
export const CATALOGUE: ReadonlyMap<string, MeasureKind> = new Map(
  [...MEASURES, ...others].map((kind) => [kind.key, kind]),
);

export const measureKind = (key: string): MeasureKind | undefined => CATALOGUE.get(key);

/** The national categories of a measure that are valid on a date, the usual first. */
export const categoriesOf = (kind: MeasureKind, on: LocalDate): readonly string[] =>
  kind.ssb.length === 0
    ? codesOf(CATEGORIES, on).map(({ code }: Code) => code)
    : kind.ssb.filter((code) => isCodeValid(CATEGORIES, code, on));

/** Whether the key names a measure that can be decided on the date: it is one, and a category for it is valid then. */
export function isMeasureValid(key: string, on: LocalDate): boolean {
  const kind = CATALOGUE.get(key);
  return kind !== undefined && kind.measure && categoriesOf(kind, on).length > 0;
}

/** Whether a decision under this category needs a specification (`3.7` and every `.99`). */
export const categoryNeedsSpecification = (category: string, on: LocalDate): boolean =>
  needsSpecification(CATEGORIES, category, on);

/** Whether the tribunal may order it (bvl §3-4), or decide it without the child's consent (§3-5). */
export const isOrderable = (kind: MeasureKind): boolean => kind.order !== undefined || kind.parentSupport;

/** Whether the age, in whole years, is outside what the measure is meant for: a warning, never a bar. */
export const isOutsideAgeAdvice = (kind: MeasureKind, age: number): boolean =>
  age < (kind.age.from ?? age) || age > (kind.age.to ?? age);

/** Target groups (målgrupper) of the guide to Bufetat's services, that a proposal may name. */
export const TARGET_GROUPS = [
  'BARN_OMSORG',
  'BARN_ATFERD',
  'UNGDOM_ATFERD_HOY',
  'UNGDOM_ATFERD_LAV',
  'UNGDOM_RUS',
  'UNGDOM_AKUTT',
  'UNGDOM_BESKYTTELSE',
  'UNGDOM_OMSORG_HOY',
  'UNGDOM_OMSORG_MODERAT',
  'EMA',
  'FAM_MEKLING',
  'FAM_VOLD_KONFLIKT',
  'FAM_RELASJON',
  'FORELDRE_VEILEDNING',
  'ADOPSJON',
] as const;
