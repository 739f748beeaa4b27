import type { Snapshot, Snapshots } from './snapshots.js';

/** Runs a statement as the service's role, in the database of DATABASE_URL. */
export type SnapshotSql = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** $1 stream */
const READ = `
  select revision, event_id as "eventId", version, sealed
  from snapshots.stream_state where stream_id = $1`;

/**
 * $1 stream · $2 revision · $3 event id · $4 version · $5 sealed state.
 * One of another version is replaced whatever its revision is: the versions are those of two programs, and either may be
 * the one that stays.
 */
const WRITE = `
  insert into snapshots.stream_state as known (stream_id, revision, event_id, version, sealed)
  values ($1, $2, $3, $4, $5)
  on conflict (stream_id) do update
  set revision = excluded.revision, event_id = excluded.event_id, version = excluded.version,
      sealed = excluded.sealed, written_at = excluded.written_at
  where known.revision < excluded.revision or known.version <> excluded.version`;

/** $1 stream · $2 revision */
const REMOVE = 'delete from snapshots.stream_state where stream_id = $1 and revision = $2';

/** Snapshots in PostgreSQL, beside the read models: also where the events live in another store. */
export class PostgresSnapshots implements Snapshots {
  constructor(private readonly sql: SnapshotSql) {}

  async read(streamId: string): Promise<Snapshot | undefined> {
    return (await this.sql<Snapshot>(READ, [streamId]))[0];
  }

  async write(streamId: string, { revision, eventId, version, sealed }: Snapshot): Promise<void> {
    await this.sql(WRITE, [streamId, revision, eventId, version, sealed]);
  }

  async remove(streamId: string, revision: number): Promise<void> {
    await this.sql(REMOVE, [streamId, revision]);
  }
}
