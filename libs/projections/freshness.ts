import type { EventStore, Position } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import { readBuilds } from './builds/registry.js';
import { assertUsable, readCheckpoints } from './checkpoint.js';
import type { Checkpoint, CheckpointStatus } from './checkpoint.js';
import type { Projection } from './definition.js';
import { CheckpointUnusable } from './errors.js';
import type { RunSql } from './sql.js';

/** How current rows are. `position` is null before the first event. */
export interface Freshness {
  readonly position: Position | null;
  /** Events in the store that the rows do not know yet. */
  readonly lagEvents: number;
  /** Age in whole seconds of the oldest of them, 0 when there is none. */
  readonly lagSeconds: number;
}

/** Of an answer from several projections. */
export interface AnswerFreshness extends Freshness {
  /** Streams that wait at an event that cannot be applied, over all municipalities; one of two projections counts twice. */
  readonly parked: number;
}

type LagStore = Pick<EventStore, 'countAfter' | 'readAll'>;

/** The lag of rows read at a position, by the store's present state and the given clock (epoch ms). */
export async function freshnessAt(
  store: LagStore,
  position: Position | null,
  now: () => number = Date.now,
): Promise<Freshness> {
  const lagEvents = await store.countAfter(position);
  if (lagEvents === 0) return { position, lagEvents, lagSeconds: 0 };
  const oldest = (await store.readAll(position, 1)).events[0];
  const lagSeconds = oldest === undefined ? 0 : Math.floor((now() - Date.parse(oldest.recordedAt)) / 1000);
  return { position, lagEvents, lagSeconds: Math.max(0, lagSeconds) };
}

/** Freshness of an answer that is put together from several projections: that of the one furthest behind. */
export async function freshnessOf(
  sql: RunSql,
  store: LagStore,
  projections: readonly string[],
): Promise<AnswerFreshness> {
  const checkpoints = await readCheckpoints(sql, projections);
  const freshness = await freshnessAt(store, lowestPosition(checkpoints, projections.length));
  return { ...freshness, parked: checkpoints.reduce((sum, { parked }) => sum + parked, 0) };
}

/** The lowest position; null when one has none or has no checkpoint at all. */
export function lowestPosition(
  checkpoints: readonly Pick<Checkpoint, 'position'>[],
  expected: number,
): Position | null {
  const positions = checkpoints.flatMap(({ position }) => (position === null ? [] : [position]));
  if (positions.length < expected) return null;
  return positions.toSorted(comparePositions)[0] ?? null;
}

/** A projection as an operator sees it, whichever process runs it. */
export interface ProjectionListing extends Freshness {
  readonly projection: string;
  readonly version: number;
  /**
   * `new`: no process has led it yet. `building`: rows of this program's version are made beside the older ones that are read;
   * `failed` when nobody makes them. `refused`: its rows do not belong to this store or program.
   */
  readonly status: CheckpointStatus | 'new' | 'building' | 'refused';
  readonly updatedAt: string | null;
  readonly error: string | null;
  readonly errorPosition: Position | null;
  /** Streams that wait, each at an event that cannot be applied. */
  readonly parked: number;
  /** What to do about `failed`, `refused` and parked streams. */
  readonly advice: string | null;
}

/** All the projections with their lag, for `forlop projections list` and for the health of a process that runs none. */
export async function listProjections(
  sql: RunSql,
  store: LagStore & Pick<EventStore, 'storeId' | 'head' | 'readAt'>,
  projections: readonly Projection[],
): Promise<ProjectionListing[]> {
  const names = projections.map(({ name }) => name);
  const [checkpoints, builds] = await Promise.all([readCheckpoints(sql, names), readBuilds(sql, names)]);
  const head = await store.head();
  // Projections that keep up stand at one position: its lag is asked for once.
  const measured = new Map<Position | null, Promise<Freshness>>();
  const measure = (position: Position | null): Promise<Freshness> => {
    const asked = measured.get(position) ?? freshnessAt(store, position);
    measured.set(position, asked);
    return asked;
  };
  return Promise.all(
    projections.map(async (projection) => {
      const found = checkpoints.find((checkpoint) => checkpoint.projection === projection.name);
      const refusal = found && (await refusalOf(found, projection, store));
      const outdated = found !== undefined && found.version < projection.version;
      const isBuilding = builds.some(
        ({ projection: of, status }) => of === projection.name && status === 'building',
      );
      const unbuilt = outdated && refusal === undefined && !isBuilding;
      // A position of another store cannot be counted from.
      const freshness = await measure(refusal ? head : (found?.position ?? null));
      return {
        ...freshness,
        projection: projection.name,
        version: found?.version ?? projection.version,
        position: found?.position ?? null,
        status: refusal ? 'refused' : unbuilt ? 'failed' : outdated ? 'building' : (found?.status ?? 'new'),
        updatedAt: found?.updatedAt ?? null,
        error: refusal?.reason ?? found?.error ?? null,
        errorPosition: found?.errorPosition ?? null,
        parked: found?.parked ?? 0,
        advice: refusal?.advice ?? (found === undefined ? null : adviceOn(found, unbuilt)),
      };
    }),
  );
}

function adviceOn({ projection, status, parked, version }: Checkpoint, isUnbuilt: boolean): string | null {
  if (isUnbuilt)
    return `Rows of version ${version} are read and grow old: no newer ones could be built. See the projector's log. ${mend(projection)}`;
  if (status === 'failed') return mend(projection);
  if (parked === 0) return null;
  return `See: forlop projections failures. Mend the cause, then: forlop projections retry ${projection}`;
}

export const mend = (projection: string): string =>
  `Mend the cause, then: forlop projections rebuild ${projection}`;

async function refusalOf(
  found: Checkpoint,
  projection: Projection,
  store: Pick<EventStore, 'storeId' | 'head' | 'readAt'>,
): Promise<CheckpointUnusable | undefined> {
  try {
    await assertUsable(found, projection, store);
    return undefined;
  } catch (error) {
    if (error instanceof CheckpointUnusable) return error;
    throw error;
  }
}
