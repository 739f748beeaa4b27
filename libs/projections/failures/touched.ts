import type { Position } from '#forlop/event-store';
import type { RunSql } from '../sql.js';

/** The streams that an answer rests on. */
export interface Touched {
  /** The projections that it is read from. */
  readonly projections: readonly string[];
  /** The stream that it is about, whoever's it is. */
  readonly streamId?: string;
  /** And of these municipalities, every stream whose name begins so; `''` is all. Default: none. */
  readonly among?: { readonly municipalities: readonly string[]; readonly prefix: string };
}

/** What of it waits. */
export interface ParkedAmong {
  /** Streams, each counted once however many of the projections have parked it. */
  readonly streams: number;
  /** The first event of `streamId` that is not in the rows; null when that stream is not parked. */
  readonly from: Position | null;
}

/** A stream that does not say whose it is counts for every municipality. */
export async function parkedAmong(
  sql: RunSql,
  { projections, streamId, among }: Touched,
): Promise<ParkedAmong> {
  const rows = await sql<ParkedAmong>(
    `select count(distinct stream_id)::int as streams, min(position) filter (where stream_id = $2) as "from"
       from read.projection_failures
      where status = 'parked' and projection = any($1)
        and (stream_id = $2 or (stream_id ^@ $4 and (municipality is null or municipality = any($3))))`,
    [projections, streamId ?? null, among?.municipalities ?? null, among?.prefix ?? null],
  );
  return rows[0] ?? { streams: 0, from: null };
}
