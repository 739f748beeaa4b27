import { Pool } from 'pg';
import type { Brought, CopyTarget, EventReader, KeptEvent } from '../../copying/ends.js';
import { CopyRefused } from '../../copying/errors.js';
import type { StoredEvent } from '../../port.js';
import { formatPosition, sequenceOf } from '../../positions.js';
import { intArray, textArray, uuidArray, uuidBytesArray } from './binary-array.js';
import { connect, ignore, isUnavailable, readRows, type Row, type Statement } from './connection.js';
import { asBigint, KIND } from './kind.js';
import { COLUMNS, READ_HEAD, READ_STORE_ID } from './reads.js';
import { toStoredEvent } from './rows.js';
import { StoreUnavailable } from '../../errors.js';
import { streamKeyBytes } from './stream-key.js';

/** ms; a page of large events on a busy server takes its time, and nobody waits for it. */
const TIMEOUT = 60_000;
const SERIALIZATION_FAILURE = '40001';

/** $1 position · $2 most events. What a store copy needs stands before the event's own columns. */
const READ_KEPT: Statement = {
  name: 'forlop_read_kept',
  text: `select e.command_id, e.command_last, o.store_id, o.origin_position, ${COLUMNS}
         from events.events e left join events.origin o on o.position = e.position
         where e.position > $1 order by e.position limit $2`,
};

/** As of `06-import.sql`, in its order. */
const IMPORT: Statement = {
  name: 'forlop_import',
  text: `select events.import_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::float8[], $13, $14, $15, $16)`,
};

/**
 * One end of a store copy in PostgreSQL.
 * @param url of a migrated database, as any role that reads events; as the owner where it is the target
 * @throws StoreUnavailable
 */
export async function openPostgresForCopy(url: string): Promise<CopyTarget> {
  const pool = new Pool({
    connectionString: url,
    application_name: 'forlop-store-copy',
    max: 2,
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', ignore);
  try {
    const rows = await readRows(pool, 'open', READ_STORE_ID, [], TIMEOUT);
    return new PostgresEnd(String(rows[0]?.[0]), pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

class PostgresEnd implements CopyTarget {
  constructor(
    readonly storeId: string,
    private readonly pool: Pool,
  ) {}

  reader(): EventReader {
    return new Reader(this.pool);
  }

  async head(): Promise<string | undefined> {
    const [[last] = []] = await readRows(this.pool, 'head', READ_HEAD, [], TIMEOUT);
    return last == null ? undefined : formatPosition(KIND, last);
  }

  extent(position: string | undefined): number {
    return Number(sequenceOf(KIND, position ?? null));
  }

  async import(events: readonly Brought[], after: StoredEvent | undefined): Promise<void> {
    const connection = await connect(this.pool, 'import');
    const values = [
      asBigint(sequenceOf(KIND, after?.position ?? null)),
      after?.eventId ?? null,
      ...columnsOf(events),
    ];
    try {
      await connection.run(IMPORT, values, TIMEOUT);
    } catch (error) {
      if (codeOf(error) === SERIALIZATION_FAILURE) throw new CopyRefused('changed');
      throw isUnavailable(error) ? new StoreUnavailable('import', error) : error;
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

class Reader implements EventReader {
  private sequence = 0n;
  /** The command whose events are being read: they follow each other in their stream. */
  private open: { readonly commandId: string; readonly streamId: string; readonly last: number } | undefined;

  constructor(private readonly pool: Pool) {}

  async next(limit: number): Promise<readonly KeptEvent[]> {
    const rows = await readRows(this.pool, 'readAll', READ_KEPT, [asBigint(this.sequence), limit], TIMEOUT);
    const events = rows.map((row) => this.kept(row));
    this.sequence = sequenceOf(KIND, events.at(-1)?.position ?? formatPosition(KIND, this.sequence));
    return events;
  }

  private kept([commandId, commandLast, storeId, origin, ...columns]: Row): KeptEvent {
    const event = toStoredEvent(columns);
    const { streamId, revision } = event;
    if (commandId != null) this.open = { commandId, streamId, last: Number(commandLast) };
    else if (this.open?.streamId !== streamId || revision > this.open.last) this.open = undefined;
    return {
      ...event,
      ...(this.open === undefined ? {} : { commandId: this.open.commandId }),
      ...(storeId != null && origin != null ? { origin: { storeId, position: origin } } : {}),
    };
  }
}

function columnsOf(events: readonly Brought[]): unknown[] {
  const runs = commandRuns(events);
  return [
    textArray(events.map(({ streamId }) => streamId)),
    uuidBytesArray(events.map(({ streamId }) => streamKeyBytes(streamId))),
    intArray(events.map(({ revision }) => revision)),
    uuidArray(events.map(({ eventId }) => eventId)),
    textArray(events.map(({ type }) => type)),
    intArray(events.map(({ schemaVersion }) => schemaVersion)),
    textArray(events.map(({ payload }) => payload)),
    textArray(events.map(({ metadata }) => metadata)),
    textArray(events.map(({ hash }) => hash)),
    events.map(({ recordedAt }) => Date.parse(recordedAt)),
    uuidArray(runs.map((run) => run?.commandId ?? null)),
    intArray(runs.map((run) => run?.last ?? null)),
    uuidArray(events.map(({ origin }) => origin.storeId)),
    textArray(events.map(({ origin }) => origin.position)),
  ];
}

/** For the first of each run of events that one command gave in a stream, the command and the run's last revision. */
export function commandRuns(
  events: readonly Pick<KeptEvent, 'streamId' | 'revision' | 'commandId'>[],
): readonly ({ readonly commandId: string; readonly last: number } | undefined)[] {
  const goesOn = (at: number): boolean =>
    events[at]?.commandId !== undefined &&
    events[at].commandId === events[at - 1]?.commandId &&
    events[at].streamId === events[at - 1]?.streamId;
  return events.map(({ commandId, revision }, index) => {
    if (commandId === undefined || goesOn(index)) return undefined;
    let length = 1;
    while (goesOn(index + length)) length += 1;
    return { commandId, last: revision + length - 1 };
  });
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
