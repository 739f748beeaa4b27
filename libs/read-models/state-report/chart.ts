/** A bar chart of one indicator over the years, as inline SVG that needs no colour to be read. Pure. */
import { markup, type Markup } from './markup.js';

export interface Bar {
  readonly year: number;
  /** Null where there is nothing to show: hidden, or of nothing. */
  readonly value: number | null;
  readonly hidden: boolean;
  /** What the bar stands for, as text: `12,5 %`, `..`, `–`. */
  readonly label: string;
  /** The year that the report is about: hatched, the others plain. */
  readonly current: boolean;
}

const [STEP, WIDTH, HEIGHT, TOP, BOTTOM, MARGIN, SCALE] = [72, 40, 96, 22, 24, 12, 48] as const;

/** How high bars can be. */
export interface Scale {
  readonly most: number;
  /** What stands at the line of the highest value; without it there is no line. */
  readonly label?: string;
}

/**
 * Bars from 0 to the highest value of the scale. The number stands above each bar; a hidden one is a dashed outline of one height whatever it hides,
 * so that neither its size nor a scale made from it tells anything.
 * @param name of the chart, unique on the page: ids of its pattern and title are made of it
 */
export function barChart(name: string, title: string, bars: readonly Bar[], { most, label }: Scale): Markup {
  const left = label === undefined ? MARGIN : SCALE;
  const right = left + STEP * Math.max(bars.length, 1);
  const width = right + MARGIN;
  const height = TOP + HEIGHT + BOTTOM;
  const spoken = bars.map(({ year, label, hidden }) => `${year}: ${hidden ? 'skjult' : label}`).join('; ');
  return markup`<svg class="chart" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${name}-t ${name}-d">
    <title id="${name}-t">${title}</title>
    <desc id="${name}-d">${spoken}</desc>
    <defs>
      <pattern id="${name}-p" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" class="plain" />
        <line x1="0" y1="0" x2="0" y2="6" class="hatch" />
      </pattern>
    </defs>
    ${label === undefined ? markup`` : ceiling(label, left, right)}
    ${bars.map((bar, index) => barOf(name, bar, left + STEP * index, most))}
    <line class="axis" x1="${left}" x2="${right}" y1="${TOP + HEIGHT}" y2="${TOP + HEIGHT}" />
  </svg>`;
}

/** A thin line where the highest value would reach, so that the empty space above low bars can be read. */
const ceiling = (label: string, left: number, right: number): Markup =>
  markup`<line class="ceiling" x1="${left}" x2="${right}" y1="${TOP}" y2="${TOP}" />
    <text x="${left - 6}" y="${TOP + 4}" text-anchor="end">${label}</text>`;

function barOf(
  name: string,
  { year, value, hidden, label, current }: Bar,
  from: number,
  most: number,
): Markup {
  const x = from + (STEP - WIDTH) / 2;
  const middle = x + WIDTH / 2;
  const tall = hidden ? HEIGHT / 4 : Math.round((most > 0 ? (value ?? 0) / most : 0) * HEIGHT * 10) / 10;
  const y = TOP + HEIGHT - tall;
  const shape = hidden
    ? markup`<rect class="hidden" x="${x}" y="${y}" width="${WIDTH}" height="${tall}" />`
    : markup`<rect class="bar" x="${x}" y="${y}" width="${WIDTH}" height="${tall}" fill="${current ? `url(#${name}-p)` : 'none'}" />`;
  return markup`<g>
      ${shape}
      <text x="${middle}" y="${y - 6}" text-anchor="middle">${label}</text>
      <text class="${current ? 'current' : 'other'}" x="${middle}" y="${TOP + HEIGHT + 16}" text-anchor="middle">${year}</text>
    </g>
    `;
}
