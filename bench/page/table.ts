import { isReached, lessIsBetter, ratioTo, type Requirement, type Row } from '../harness/results.js';

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

export const numberText = (value: number): string => NUMBER.format(value);

/** `8.42 ×` */
export const ratioText = (ratio: number): string => `${ratio.toFixed(2)} ×`;

/** `≥ 8 × emmett-postgresql` */
export const requirementText = ({ peer, ratio }: Requirement, row: Pick<Row, 'unit'>): string =>
  `${lessIsBetter(row.unit) ? '≤' : '≥'} ${ratio} × ${peer}`;

const HEAD = ['bench', 'unit', 'Forløp', 'p50 ms', 'p99 ms', 'peer', 'its figure', 'ratio', 'must reach', ''];

/** One line a peer; a row's own figures stand in its first. */
export function tableCells(rows: readonly Row[]): string[][] {
  return [HEAD, ...rows.flatMap(cellsOf)];
}

function cellsOf(row: Row): string[][] {
  const own = [
    row.name,
    row.unit,
    numberText(row.value),
    row.p50 === null ? '' : numberText(row.p50),
    row.p99 === null ? '' : numberText(row.p99),
  ];
  return row.peers.map((peer, index) => {
    const required = row.required.find((one) => one.peer === peer.name);
    const [must, met] =
      required === undefined
        ? ['', '']
        : [requirementText(required, row), isReached(required, row) ? 'met' : 'missed'];
    const ratio = ratioText(ratioTo(row, peer));
    return [...(index === 0 ? own : own.map(() => '')), peer.name, numberText(peer.value), ratio, must, met];
  });
}

export function markdownTable(cells: readonly (readonly string[])[]): string {
  const [head = [], ...lines] = cells;
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...lines.map(line)].join('\n');
}

/** For a terminal: columns of equal width. */
export function textTable(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((line) => line[column]?.length ?? 0)),
  );
  return cells
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
