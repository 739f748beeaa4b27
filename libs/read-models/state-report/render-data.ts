/** A report as JSON and as CSV. Pure. */
import type { ShownFigure, ReportSource } from './view.js';
import { viewOf } from './view.js';

/** One JSON document, as `GET /state-reports/{kommunenr}/{year}` gives it. */
export const reportAsJson = (source: ReportSource): string => JSON.stringify(viewOf(source));

export const HIDDEN = '..';

const HEAD = ['kommune', 'aar', 'visning', 'indikator', 'del', 'navn', 'teller', 'nevner', 'verdi', 'skjult'];

/**
 * RFC 4180 with a byte order mark, so that a Norwegian spreadsheet reads its letters; comma between, point in numbers.
 * A hidden figure is `..` in each of its columns.
 */
export function reportAsCsv(source: ReportSource): string {
  const { municipality, year, view, indicators } = viewOf(source);
  const lines = indicators.flatMap(({ id, name, parts = [], ...main }) => [
    [id, '', name, ...numbers(main)],
    ...parts.map(({ key, name: partName, ...part }) => [id, key, partName, ...numbers(part)]),
  ]);
  const rows = [HEAD, ...lines.map((line) => [municipality, String(year), view, ...line])];
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const numbers = ({ numerator, denominator, value, suppressed }: ShownFigure): readonly string[] =>
  suppressed
    ? [HIDDEN, HIDDEN, HIDDEN, 'ja']
    : [...[numerator, denominator, value].map((number) => (number === null ? '' : String(number))), 'nei'];

/** A text that a spreadsheet would take for a formula is marked as text. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
