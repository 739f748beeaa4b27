/** The text format of Prometheus, version 0.0.4, and its names for those of OpenTelemetry. */
import type { Attributes } from '@opentelemetry/api';
import type { Distribution, Family, Point } from './instruments.js';

const UNITS: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes', '1': 'ratio' };

/** `forlop.command.duration` in `s` is `forlop_command_duration_seconds`; a counter ends in `_total`. */
export function prometheusName({ name, unit, kind }: Pick<Family, 'name' | 'unit' | 'kind'>): string {
  const parts = [name.replace(/[^a-zA-Z0-9]/g, '_'), UNITS[unit] ?? '', kind === 'counter' ? 'total' : ''];
  return parts.filter((part) => part !== '').join('_');
}

/** A page for a scrape. An instrument without any series is named all the same, so that its name can be found. */
export function printPrometheus(families: readonly Family[]): string {
  return `${families.flatMap(linesOf).join('\n')}\n`;
}

function linesOf(family: Family): string[] {
  const name = prometheusName(family);
  const series =
    family.kind === 'histogram'
      ? family.points.flatMap((point) => bucketsOf(name, family.boundaries, point))
      : family.points.map(({ attributes, value }) => `${name}${labels(attributes)} ${value}`);
  return [`# HELP ${name} ${family.description}`, `# TYPE ${name} ${family.kind}`, ...series];
}

function bucketsOf(name: string, boundaries: readonly number[], point: Point<Distribution>): string[] {
  const { attributes, value } = point;
  let below = 0;
  const buckets = value.counts.map((count, index) => {
    below += count;
    const le = boundaries[index] ?? '+Inf';
    return `${name}_bucket${labels({ ...attributes, le: String(le) })} ${below}`;
  });
  const own = labels(attributes);
  return [...buckets, `${name}_sum${own} ${value.sum}`, `${name}_count${own} ${value.count}`];
}

function labels(attributes: Attributes): string {
  const pairs = Object.entries(attributes).map(
    ([name, value]) => `${name.replace(/[^a-zA-Z0-9]/g, '_')}="${escaped(String(value))}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };
const escaped = (value: string): string => value.replace(/[\\"\n]/g, (sign) => ESCAPES[sign] ?? sign);
