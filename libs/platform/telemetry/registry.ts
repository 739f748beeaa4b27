import { metrics } from '@opentelemetry/api';
import type {
  BatchObservableCallback,
  Meter,
  MeterProvider,
  MetricOptions,
  Observable,
  ObservableCallback,
} from '@opentelemetry/api';
import { HistogramInstrument, NumberInstrument } from './instruments.js';
import type { Family } from './instruments.js';
import { measureProcess } from './process-metrics.js';

/** Seconds; of work that takes from a millisecond to the longest that anybody waits. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** An observation that takes longer than this is left out of the collection. */
const PATIENCE_MS = 2000;

type Kept = NumberInstrument | HistogramInstrument;

/** An instrument that is asked when somebody collects. */
class Observed extends NumberInstrument implements Observable {
  readonly callbacks = new Set<ObservableCallback>();

  addCallback(callback: ObservableCallback): void {
    this.callbacks.add(callback);
  }

  removeCallback(callback: ObservableCallback): void {
    this.callbacks.delete(callback);
  }
}

/**
 * The one place where this process counts, behind the API of OpenTelemetry: `/metrics` prints it, and where OTLP is
 * configured, the SDK sends it. Small enough to be there always, so that the SDK is loaded only when something is sent.
 */
export class MetricRegistry implements MeterProvider, Meter {
  private readonly instruments = new Map<string, Kept>();
  private readonly batches = new Map<BatchObservableCallback, readonly Observable[]>();
  private collecting: Promise<readonly Family[]> | undefined;

  /** All meters are one: a name is an instrument, whoever asks for it. */
  getMeter(): Meter {
    return this;
  }

  readonly createCounter = (name: string, options?: MetricOptions) => this.number(name, 'counter', options);
  readonly createGauge = (name: string, options?: MetricOptions) => this.number(name, 'gauge', options);
  readonly createUpDownCounter = this.createGauge;
  readonly createObservableGauge = (name: string, options?: MetricOptions) =>
    this.observed(name, 'gauge', options);
  readonly createObservableUpDownCounter = this.createObservableGauge;
  readonly createObservableCounter = (name: string, options?: MetricOptions) =>
    this.observed(name, 'counter', options);

  createHistogram(name: string, options: MetricOptions = {}): HistogramInstrument {
    const boundaries = options.advice?.explicitBucketBoundaries ?? DURATIONS;
    return this.once(
      name,
      HistogramInstrument,
      () => new HistogramInstrument(described(name, options), boundaries),
    );
  }

  addBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.batches.set(callback, observables);
  }

  removeBatchObservableCallback(callback: BatchObservableCallback): void {
    this.batches.delete(callback);
  }

  /** Everything counted by now, by name. Those who ask at the same time share one answer, and one look at the databases. */
  collect(): Promise<readonly Family[]> {
    this.collecting ??= this.collectNow().finally(() => {
      this.collecting = undefined;
    });
    return this.collecting;
  }

  private async collectNow(): Promise<readonly Family[]> {
    const observed = [...this.instruments.values()].filter((one) => one instanceof Observed);
    for (const instrument of observed) instrument.clear();
    await Promise.all([
      ...observed.flatMap((instrument) =>
        [...instrument.callbacks].map((callback) =>
          settled(() => callback({ observe: (value, attributes) => instrument.record(value, attributes) })),
        ),
      ),
      ...[...this.batches.keys()].map((callback) => settled((isLate) => callback(observer(isLate)))),
    ]);
    return [...this.instruments].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kept]) => kept.family());
  }

  private number(name: string, kind: 'counter' | 'gauge', options?: MetricOptions): NumberInstrument {
    return this.once(name, NumberInstrument, () => new NumberInstrument(described(name, options), kind));
  }

  private observed(name: string, kind: 'counter' | 'gauge', options?: MetricOptions): Observed {
    return this.once(name, Observed, () => new Observed(described(name, options), kind));
  }

  private once<T extends Kept>(name: string, type: abstract new (...given: never[]) => T, make: () => T): T {
    const kept = this.instruments.get(name);
    if (kept instanceof type) return kept;
    if (kept !== undefined) throw new TypeError(`${name} is another kind of instrument already`);
    const made = make();
    this.instruments.set(name, made);
    return made;
  }
}

const described = (name: string, { description = '', unit = '' }: MetricOptions = {}) => ({
  name,
  description,
  unit,
});

/** What comes when the collection has gone on without it would be told of another moment. */
const observer = (isLate: () => boolean) => ({
  observe: (metric: Observable, value: number, attributes?: Record<string, string>) => {
    if (metric instanceof Observed && !isLate()) metric.record(value, attributes);
  },
});

/** One observer that fails or does not answer leaves its own instruments empty, and no other's. */
async function settled(observe: (isLate: () => boolean) => void | Promise<void>): Promise<void> {
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  const observing = (async () => observe(() => isLate))().catch(() => undefined);
  await Promise.race([observing, patience]);
  clearTimeout(timer);
  isLate = true;
}

let registry: MetricRegistry | undefined;

/** The registry of this process, which counts from the first time that it is asked for. */
export function metricRegistry(): MetricRegistry {
  if (registry === undefined) {
    registry = new MetricRegistry();
    metrics.setGlobalMeterProvider(registry);
    measureProcess(registry);
  }
  return registry;
}
