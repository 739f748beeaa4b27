import type { Closing } from './closing.js';
import type { Row } from './results.js';
import type { Worlds } from './worlds.js';

/** How a bench is to be run. */
export interface BenchRun {
  readonly quick: boolean;
  readonly repetitions: number;
  /** A folder of the run's own, which goes with it. */
  readonly folder: string;
  /** Whatever is opened is closed by it, whatever fails. */
  readonly closing: Closing;
  /** Data folders with generated cases, shared by the benches of a run. */
  readonly worlds: Worlds;
  readonly store: StoreKind;
  /** Told of progress. */
  readonly say: (line: string) => void;
}

/** Which event store ours keeps its events in. */
export type StoreKind = 'postgres';

export type Bench = (run: BenchRun) => Promise<Row[]>;
