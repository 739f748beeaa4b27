import type { Pool } from 'pg';
import { assertUsable, readCheckpoints } from '../checkpoint.js';
import type { Projection } from '../definition.js';
import { BuildRunning, CheckpointUnusable } from '../errors.js';
import { sqlOver } from '../sql.js';
import type { BuildOutcome, BuildProgress } from './build.js';
import { buildBeside } from './build.js';
import type { BuildStore } from './complete.js';

export interface BuilderOptions {
  /** All that this process runs: those that need it are built together. */
  readonly projections: readonly Projection[];
  readonly store: BuildStore;
  /** As the projector role, without a time limit on statements: two connections are used. */
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** With so many events in the store, a projection that has none yet is built in bulk. Default 10 000. */
  readonly bulkFrom?: number;
  readonly handoverMs?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/** `elsewhere`: another process is at it; to be asked again. */
export type Readiness = 'current' | 'built' | 'elsewhere';

/**
 * Builds what this program cannot go on from: rows of an older version, and rows that are not there yet of a store that
 * holds much. One per process, so that the store is read once for all of them.
 */
export class Builder {
  private surveying: Promise<readonly Projection[]> | undefined;
  private building: Promise<BuildOutcome> | undefined;

  constructor(private readonly options: BuilderOptions) {}

  /**
   * Resolves when the projection can be led, or another process builds it. Rejects with what stopped its build; the rows that
   * are read go on.
   * @param onBuilding told when there is something to build
   */
  async ensure(name: string, onBuilding: () => void): Promise<Readiness> {
    this.surveying ??= this.survey().finally(() => (this.surveying = undefined));
    const needed = await this.surveying;
    if (!needed.some((projection) => projection.name === name)) return 'current';
    onBuilding();
    this.building ??= buildBeside({ ...this.options, projections: needed }).finally(
      () => (this.building = undefined),
    );
    const { built, failed } = await this.building;
    if (built.some(({ projection }) => projection === name)) return 'built';
    const failure = failed.get(name);
    if (failure !== undefined && !(failure instanceof BuildRunning)) throw failure;
    return 'elsewhere';
  }

  /** Which need to be built. A checkpoint that cannot be gone on from is left to who leads: it refuses and says why. */
  private async survey(): Promise<readonly Projection[]> {
    const { projections, pool, store, bulkFrom = 10_000 } = this.options;
    const names = projections.map(({ name }) => name);
    const found = new Map((await readCheckpoints(sqlOver(pool), names)).map((one) => [one.projection, one]));
    const needed: Projection[] = [];
    const empty: Projection[] = [];
    for (const projection of projections) {
      const checkpoint = found.get(projection.name);
      if (checkpoint === undefined || (checkpoint.position === null && checkpoint.storeId === store.storeId))
        empty.push(projection);
      else if (checkpoint.version < projection.version && (await isUsable(checkpoint, projection, store)))
        needed.push(projection);
    }
    if (empty.length > 0 && (await store.countAfter(null)) >= bulkFrom) needed.push(...empty);
    return needed;
  }
}

async function isUsable(...of: Parameters<typeof assertUsable>): Promise<boolean> {
  try {
    await assertUsable(...of);
    return true;
  } catch (error) {
    if (error instanceof CheckpointUnusable) return false;
    throw error;
  }
}
