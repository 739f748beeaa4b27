/** The document that `npm run bench -- NAME --json` prints (contract, section 4), and how its figures are made. */

export interface PeerResult {
  readonly name: string;
  /** Median of `values`, in the unit of the row. */
  readonly value: number;
  /** One for each repetition, in order. */
  readonly values: readonly number[];
}

/** Ours must reach so much of the peer's: at least `ratio` times its rate, or at most `ratio` times its time. */
export interface Requirement {
  readonly peer: string;
  readonly ratio: number;
}

/** `events/s` and the like: more is better. `ms` and `MiB`: less is better. */
export type Unit = 'events/s' | 'commands/s' | 'requests/s' | 'rows/s' | 'ms' | 'MiB';

export interface Row {
  /** For example `append@64`. */
  readonly name: string;
  readonly unit: Unit;
  /** Ours: median of `values`. */
  readonly value: number;
  readonly values: readonly number[];
  /** Milliseconds of one operation of ours, over all repetitions; null where an operation is the whole run. */
  readonly p50: number | null;
  readonly p99: number | null;
  readonly peers: readonly PeerResult[];
  readonly required: readonly Requirement[];
  /** Every requirement is reached. */
  readonly met: boolean;
  /** What else was counted, for example `rows` written. */
  readonly counted?: Readonly<Record<string, number>>;
}

export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  /** The day of the run, `YYYY-MM-DD`. */
  readonly date: string;
}

export interface BenchDocument {
  readonly bench: string;
  readonly machine: Machine;
  readonly repetitions: number;
  readonly results: readonly Row[];
  /** Benches that did not come to an end; what they said went to stderr. */
  readonly failed?: readonly string[];
}

/** `append@64` is of `append`, `project-memory` of `project`. */
export const benchOf = ({ name }: Pick<Row, 'name'>): string => name.replace(/@.*$|-memory$/, '');

/** The rows of a run in the place of those that an earlier run of the same benches gave; the others stay. */
export function mergedInto(earlier: BenchDocument | undefined, run: BenchDocument): BenchDocument {
  if (earlier === undefined || !isSameMachine(earlier.machine, run.machine)) return { ...run, bench: 'all' };
  const measured = new Set(run.results.map(benchOf));
  const kept = earlier.results.filter((row) => !measured.has(benchOf(row)));
  return { ...run, bench: 'all', results: [...kept, ...run.results] };
}

const isSameMachine = (one: Machine, other: Machine): boolean =>
  JSON.stringify({ ...one, date: '' }) === JSON.stringify({ ...other, date: '' });

/** @throws RangeError without values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values, no median');
  return (upper + lower) / 2;
}

/** Nearest rank: the smallest value that `share` (0 to 1) of all do not exceed; null without values. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export const lessIsBetter = (unit: Unit): boolean => unit === 'ms' || unit === 'MiB';

/** Ours divided by the peer's: a rate should be high, a time low. */
export const ratioTo = (row: Pick<Row, 'value'>, peer: Pick<PeerResult, 'value'>): number =>
  row.value / peer.value;

/** False also where the peer of the requirement was not measured. */
export function isReached({ peer, ratio }: Requirement, row: Pick<Row, 'value' | 'unit' | 'peers'>): boolean {
  const measured = row.peers.find(({ name }) => name === peer);
  if (measured === undefined) return false;
  const reached = ratioTo(row, measured);
  return lessIsBetter(row.unit) ? reached <= ratio : reached >= ratio;
}

export const isMet = (row: Pick<Row, 'value' | 'unit' | 'peers' | 'required'>): boolean =>
  row.required.every((requirement) => isReached(requirement, row));

/** What one contestant measured in one repetition. */
export interface Measured {
  /** In the unit of the row. */
  readonly value: number;
  /** Milliseconds of each operation, where that means something. */
  readonly latencies?: readonly number[];
  /** What else was counted in the turn. */
  readonly counted?: Readonly<Record<string, number>>;
}

export interface RowParts {
  readonly name: string;
  readonly unit: Unit;
  readonly ours: readonly Measured[];
  readonly peers: Readonly<Record<string, readonly Measured[]>>;
  readonly required: readonly Requirement[];
  readonly counted?: Readonly<Record<string, number>>;
}

export function rowOf({ ours, peers, ...rest }: RowParts): Row {
  const values = valuesOf(ours);
  const latencies = ours.flatMap((measured) => measured.latencies ?? []);
  const row = {
    ...rest,
    value: median(values),
    values,
    p50: rounded(percentile(latencies, 0.5)),
    p99: rounded(percentile(latencies, 0.99)),
    peers: Object.entries(peers).map(([name, measured]) => {
      const theirs = valuesOf(measured);
      return { name, value: median(theirs), values: theirs };
    }),
  };
  return { ...row, met: isMet(row) };
}

const valuesOf = (measured: readonly Measured[]): number[] =>
  measured.map(({ value }) => (value < 100 ? Math.round(value * 100) / 100 : Math.round(value)));

const rounded = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 1000) / 1000);
