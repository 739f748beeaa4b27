/** What an instrument has counted, series by series. Cumulative since the process began. */
import type { Attributes } from '@opentelemetry/api';

/** More than this many series of one instrument are a mistake; what is over it is counted together. */
const MOST_SERIES = 2000;
const OVERFLOW: Attributes = { 'otel.metric.overflow': true };

export interface Distribution {
  readonly counts: number[];
  sum: number;
  count: number;
}

/** One series: a number, or for a histogram how its values are spread over the boundaries. */
export interface Point<Value> {
  readonly attributes: Attributes;
  value: Value;
}

interface Described {
  /** In the way of OpenTelemetry: `forlop.command.duration`. */
  readonly name: string;
  readonly description: string;
  /** UCUM: `s`, `By`, `1`, or an annotation such as `{event}`. */
  readonly unit: string;
}

/** What is known of one instrument at one moment. */
export type Family =
  | (Described & { readonly kind: 'counter' | 'gauge'; readonly points: readonly Point<number>[] })
  | (Described & {
      readonly kind: 'histogram';
      readonly boundaries: readonly number[];
      readonly points: readonly Point<Distribution>[];
    });

/** The series of an instrument, by what they are told apart by. Callers give their attributes in one order. */
class Series<Value> {
  private readonly points = new Map<string, Point<Value>>();

  constructor(private readonly begin: () => Value) {}

  at(attributes: Attributes = {}): Point<Value> {
    let key = '';
    for (const name in attributes) key += `${name}\n${String(attributes[name])}\n`;
    return this.points.get(key) ?? this.made(key, attributes);
  }

  all(): readonly Point<Value>[] {
    return [...this.points.values()];
  }

  clear(): void {
    this.points.clear();
  }

  private made(key: string, attributes: Attributes): Point<Value> {
    if (this.points.size >= MOST_SERIES && attributes !== OVERFLOW) return this.at(OVERFLOW);
    const point = { attributes: { ...attributes }, value: this.begin() };
    this.points.set(key, point);
    return point;
  }
}

export class NumberInstrument {
  private readonly series = new Series(() => 0);

  constructor(
    private readonly described: Described,
    private readonly kind: 'counter' | 'gauge',
  ) {}

  add(value: number, attributes?: Attributes): void {
    this.series.at(attributes).value += value;
  }

  record(value: number, attributes?: Attributes): void {
    this.series.at(attributes).value = value;
  }

  /** Forgets every series: what is observed is what is there now. */
  clear(): void {
    this.series.clear();
  }

  family(): Family {
    return { ...this.described, kind: this.kind, points: this.series.all() };
  }
}

export class HistogramInstrument {
  private readonly series: Series<Distribution>;

  constructor(
    private readonly described: Described,
    private readonly boundaries: readonly number[],
  ) {
    const { length } = boundaries;
    this.series = new Series(() => ({
      counts: Array.from({ length: length + 1 }, () => 0),
      sum: 0,
      count: 0,
    }));
  }

  record(value: number, attributes?: Attributes): void {
    const { value: distribution } = this.series.at(attributes);
    let bucket = 0;
    while (value > (this.boundaries[bucket] ?? Infinity)) bucket += 1;
    distribution.counts[bucket] = (distribution.counts[bucket] ?? 0) + 1;
    distribution.sum += value;
    distribution.count += 1;
  }

  family(): Family {
    return {
      ...this.described,
      kind: 'histogram',
      boundaries: this.boundaries,
      points: this.series.all(),
    };
  }
}
