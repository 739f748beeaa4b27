import type { Position } from '#forlop/event-store';
import type { BuildOptions } from './builds/build.js';
import { buildBeside } from './builds/build.js';
import type { Projection } from './definition.js';

export interface RebuildOptions extends Omit<BuildOptions, 'projections'> {
  readonly projection: Projection;
}

export interface Rebuilt {
  readonly projection: string;
  /** The number of the build that queries read now. */
  readonly build: number;
  /** Events read, whether they gave rows or not. */
  readonly events: number;
  readonly position: Position | null;
}

/**
 * Builds a projection anew from the first event, beside the rows that are read, and leads the queries over when it has caught
 * up. May be run while the service runs: its leader hands over for the switch and goes on with the new rows. Killed on the
 * way, nothing has changed, and the next one begins anew.
 *
 * Throws `ProjectionFailed` at an event that cannot be applied, `BuildRunning` when another process builds it, and
 * `HandoverTimedOut`; the rows that are read go on.
 */
export async function rebuildProjection({ projection, ...options }: RebuildOptions): Promise<Rebuilt> {
  const { rebuilt, failed } = await rebuildAll({ ...options, projections: [projection] });
  const [one] = rebuilt;
  if (one === undefined) throw failed.get(projection.name) ?? new Error(`${projection.name} was not built`);
  return one;
}

/** Several from one reading of the store. One that fails stops alone: `failed` says why, by name. */
export async function rebuildAll(
  options: BuildOptions,
): Promise<{ readonly rebuilt: readonly Rebuilt[]; readonly failed: ReadonlyMap<string, Error> }> {
  const { built, failed } = await buildBeside(options);
  return { rebuilt: built, failed };
}
