/**
 * Compares what a page prints with what was answered. `…` within a printed string stands for any text, `"…": "…"` for members
 * that are not printed, a last `"…"` of a list for further items. Everything else must be as it is printed.
 */
const ANYTHING = '…';

type Printed = null | boolean | number | string | readonly Printed[] | { readonly [name: string]: Printed };

/** What differs, each with its place as a JSON pointer; empty when the page tells the truth. */
export function differencesFrom(printed: Printed, actual: unknown, at = ''): readonly string[] {
  if (typeof printed === 'string' && printed.includes(ANYTHING)) return fromPattern(printed, actual, at);
  if (Array.isArray(printed)) return fromList(printed as readonly Printed[], actual, at);
  if (typeof printed === 'object' && printed !== null) {
    return fromObject(printed as Readonly<Record<string, Printed>>, actual, at);
  }
  return printed === actual ? [] : [different(at, printed, actual)];
}

const fromPattern = (printed: string, actual: unknown, at: string): readonly string[] =>
  printed === ANYTHING || (typeof actual === 'string' && fits(printed, actual))
    ? actual === undefined
      ? [different(at, printed, actual)]
      : []
    : [different(at, printed, actual)];

/** Whether the text is the printed line, whatever stands in place of each `…`. */
export function fits(printed: string, actual: string): boolean {
  const parts = printed.split(ANYTHING).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(actual);
}

function fromList(printed: readonly Printed[], actual: unknown, at: string): readonly string[] {
  if (!Array.isArray(actual)) return [different(at, printed, actual)];
  const open = printed.at(-1) === ANYTHING;
  const shown = open ? printed.slice(0, -1) : printed;
  const count = open ? actual.length >= shown.length : actual.length === shown.length;
  return [
    ...(count ? [] : [`${at}: ${actual.length} items, printed ${shown.length}`]),
    ...shown.flatMap((item, index) => differencesFrom(item, actual[index], `${at}/${index}`)),
  ];
}

function fromObject(
  printed: Readonly<Record<string, Printed>>,
  actual: unknown,
  at: string,
): readonly string[] {
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
    return [different(at, printed, actual)];
  }
  const found = actual as Readonly<Record<string, unknown>>;
  const open = Object.hasOwn(printed, ANYTHING);
  const unprinted = open ? [] : Object.keys(found).filter((name) => !Object.hasOwn(printed, name));
  return [
    ...unprinted.map((name) => `${at}/${name}: is answered, and not printed`),
    ...Object.entries(printed)
      .filter(([name]) => name !== ANYTHING)
      .flatMap(([name, value]) => differencesFrom(value, found[name], `${at}/${name}`)),
  ];
}

const different = (at: string, printed: unknown, actual: unknown): string =>
  `${at}: ${JSON.stringify(actual)}, printed ${JSON.stringify(printed)}`;
