/** Reactors as an operator sees them, and the operator's one way to move one. */
import type { ClientBase } from 'pg';
import type { EventStore, Position } from '#forlop/event-store';
import { freshnessAt, type Freshness, type RunSql } from '#forlop/projections';
import { assertUsable, readReactorCheckpoints } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import type { Reactor } from './definition.js';
import { ReactorUnusable } from './errors.js';

export interface ReactorListing extends Freshness {
  readonly reactor: string;
  /** `new`: no process has led it yet. `refused`: its checkpoint is not one of this store. */
  readonly status: 'running' | 'new' | 'failed' | 'refused';
  readonly updatedAt: string | null;
  readonly error: string | null;
  /** Streams that wait, each at an event that could not be reacted to. */
  readonly parked: number;
  readonly advice: string | null;
}

type Store = Pick<EventStore, 'storeId' | 'start' | 'head' | 'readAt' | 'countAfter' | 'readAll'>;

/** Every reactor with its lag, whichever process runs it. */
export async function listReactors(
  sql: RunSql,
  store: Store,
  reactors: readonly Pick<Reactor, 'name'>[],
): Promise<ReactorListing[]> {
  const names = reactors.map(({ name }) => name);
  const checkpoints = await readReactorCheckpoints(sql, names);
  return Promise.all(
    names.map(async (name) => {
      const found = checkpoints.find(({ reactor }) => reactor === name);
      const refusal = found && (await refusalOf(found, store));
      // A position of another store cannot be counted from.
      const freshness = await freshnessAt(store, refusal ? await store.head() : (found?.position ?? null));
      return {
        ...freshness,
        position: found?.position ?? null,
        reactor: name,
        status: statusOf(found, refusal),
        updatedAt: found?.updatedAt ?? null,
        error: refusal?.reason ?? found?.error ?? null,
        parked: found?.parked ?? 0,
        advice: refusal?.advice ?? adviceOn(found),
      };
    }),
  );
}

function statusOf(
  found: Checkpoint | undefined,
  refusal: ReactorUnusable | undefined,
): ReactorListing['status'] {
  if (refusal) return 'refused';
  if (found === undefined) return 'new';
  return found.error === null ? 'running' : 'failed';
}

function adviceOn(found: Checkpoint | undefined): string | null {
  if (found?.error) return 'Mend the cause: it is tried again every half minute';
  return found !== undefined && found.parked > 0
    ? 'Mend the cause: parked streams are tried again every ten minutes, and when a process begins to lead'
    : null;
}

async function refusalOf(found: Checkpoint, store: Store): Promise<ReactorUnusable | undefined> {
  try {
    await assertUsable(found, store);
    return undefined;
  } catch (error) {
    if (error instanceof ReactorUnusable) return error;
    throw error;
  }
}

/**
 * Starts a reactor anew after a position (`null`: at the first event). Whoever leads it notices and goes on from there. What it
 * has parked is forgotten; what it meant to look at on a day to come only where it finds all of that again.
 */
export async function startReactor(
  client: ClientBase,
  reactor: string,
  storeId: string,
  from: Position | null,
): Promise<void> {
  await client.query('begin');
  try {
    await client.query(
      `insert into reactors.checkpoint (reactor, store_id, position) values ($1, $2, $3)
       on conflict (reactor) do update
          set store_id = excluded.store_id, position = excluded.position, event_id = null, error = null,
              recorded_at = null, starts = checkpoint.starts + 1, updated_at = clock_timestamp()`,
      [reactor, storeId, from],
    );
    await client.query('delete from reactors.parked where reactor = $1', [reactor]);
    if (from === null) await client.query('delete from reactors.wake where reactor = $1', [reactor]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
