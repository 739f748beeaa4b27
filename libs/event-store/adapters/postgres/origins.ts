import type { Pool } from 'pg';
import type { Origin, Position, StoredEvent } from '../../port.js';
import { formatPosition, sequenceOf } from '../../positions.js';
import { readRows, type Statement } from './connection.js';
import { asBigint, KIND } from './kind.js';

/** $1 positions */
const READ_ORIGINS: Statement = {
  name: 'forlop_read_origins',
  text: `select o.position, o.store_id, o.origin_position from events.origin o
         where o.position = any((select $1::bigint[])::bigint[])`,
};

/** Of the events that a store copy brought, where they stood before. @throws StoreUnavailable */
export async function readOrigins(
  pool: Pool,
  events: readonly StoredEvent[],
  timeout: number,
): Promise<ReadonlyMap<Position, Origin>> {
  if (events.length === 0) return new Map();
  const sequences = events.map(({ position }) => asBigint(sequenceOf(KIND, position)));
  const rows = await readRows(pool, 'originsOf', READ_ORIGINS, [sequences], timeout);
  return new Map(
    rows.map(([position, storeId, origin]) => [
      formatPosition(KIND, position ?? 0),
      { storeId: storeId ?? '', position: origin ?? '' },
    ]),
  );
}
