import { lessIsBetter, type Row } from '../harness/results.js';
import { numberText, ratioText } from './table.js';

const WIDTH = 760;
const BAR = 20;
const BAR_GAP = 6;
const GROUP_GAP = 22;
const LEFT = 190;
const RIGHT = 190;
const TOP = 64;
const BOTTOM = 18;
const OURS = '#1f5fa8';
const PEERS = '#9aa5b1';
const INK = '#1b1f24';
const FAINT = '#5b6570';

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly ours: boolean;
  /** What stands at its end. */
  readonly text: string;
}

/**
 * Horizontal bars for the rows of one bench, which have one unit: ours in blue, each peer's in grey beneath, with the figure and,
 * at a peer's, how many times its figure ours is. Readable without colours: every bar is named.
 */
export function barChart(title: string, rows: readonly Row[]): string {
  const unit = rows[0]?.unit ?? 'events/s';
  const groups = rows.map((row) => ({ name: row.name, bars: barsOf(row) }));
  const largest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const parts: string[] = [];
  let y = TOP;
  for (const { name, bars } of groups) {
    parts.push(text(LEFT - 10, y + BAR - 5, name, { anchor: 'end', weight: 'bold' }));
    for (const [index, bar] of bars.entries()) {
      if (index > 0) parts.push(text(LEFT - 10, y + BAR - 5, bar.label, { anchor: 'end', fill: FAINT }));
      const width = Math.max(1, (bar.value / largest) * (WIDTH - LEFT - RIGHT));
      parts.push(
        `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="2" fill="${bar.ours ? OURS : PEERS}"/>`,
        text(LEFT + width + 8, y + BAR - 5, bar.text, bar.ours ? { weight: 'bold' } : {}),
      );
      y += BAR + BAR_GAP;
    }
    y += GROUP_GAP - BAR_GAP;
  }
  return svg(
    title,
    `${unit}, ${lessIsBetter(unit) ? 'less' : 'more'} is better`,
    y - GROUP_GAP + BOTTOM,
    parts,
  );
}

function barsOf(row: Row): Bar[] {
  const ours = { label: 'Forløp', value: row.value, ours: true, text: `Forløp ${numberText(row.value)}` };
  const peers = row.peers.map(({ name, value }) => ({
    label: name,
    value,
    ours: false,
    text: `${numberText(value)}  (Forløp: ${ratioText(row.value / value)})`,
  }));
  return [ours, ...peers];
}

interface TextStyle {
  readonly anchor?: 'start' | 'end';
  readonly weight?: 'normal' | 'bold';
  readonly fill?: string;
  readonly size?: number;
}

function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { anchor = 'start', weight = 'normal', fill = INK, size = 13 } = style;
  return (
    `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${fill}">` +
    `${escaped(content)}</text>`
  );
}

function svg(title: string, subtitle: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"` +
      ` role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(16, 26, title, { weight: 'bold', size: 16 }),
    text(16, 46, subtitle, { fill: FAINT, size: 12 }),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (content: string): string => content.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
