import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import {
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
} from '#forlop/event-store';

const HOT_STREAMS = 8;
const WAYS = 10;

/** What the writers were told is stored: event id by position. */
export type Acknowledged = Map<Position, string>;

/** Writes so many times, in all the ways the service does, and notes what was acknowledged. */
export async function write(store: EventStore, turns: number, acknowledged: Acknowledged): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    const events = someEvents(1 + (turn % 3));
    const appended = await appendInSomeWay(store, turn % WAYS, events);
    if (appended !== undefined) note(events, appended, acknowledged);
  }
}

async function appendInSomeWay(
  store: EventStore,
  way: number,
  events: readonly EventToAppend[],
): Promise<Appended | undefined> {
  if (way < 3) return store.append('accesslog-stress', events, 'any');
  if (way < 6) return appendDecided(store, `hot-${way % HOT_STREAMS}`, events);
  const stream = `childcase-${randomUUID()}`;
  const appended = await store.append(stream, events, 'noStream');
  if (way === 9) await repeat(store, stream, events, appended);
  return appended;
}

/** As a handler does: load, decide, append at the revision loaded. A conflict here is somebody else's success. */
async function appendDecided(
  store: EventStore,
  stream: string,
  events: readonly EventToAppend[],
): Promise<Appended | undefined> {
  const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
  const expected: ExpectedRevision = last?.revision ?? 'noStream';
  try {
    return await store.append(stream, events, expected);
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return undefined;
    throw error;
  }
}

async function repeat(
  store: EventStore,
  stream: string,
  events: readonly EventToAppend[],
  first: Appended,
): Promise<void> {
  const second = await store.append(stream, events, 'noStream');
  if (!second.repeated || second.position !== first.position) throw new Error('a repeat was stored again');
}

/**
 * Appends in transactions that stay open for some ms after they were given their position, and are rolled back
 * every third time: what a naive order loses events by. Goes on as long as it is told to.
 */
export async function writeSlowly(url: string, goesOn: () => boolean): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (let turn = 0; goesOn(); turn += 1) {
    await client.query('begin');
    await client.query(
      `select * from events.append_one($1, $2, -1, $3, 'SlowlyHappened', 1, '{}', '{}', 'none', null)`,
      [`slow-${randomUUID()}`, randomUUID(), randomUUID()],
    );
    await client.query(`select pg_sleep($1)`, [(turn % 5) / 1_000]);
    await client.query(turn % 3 === 0 ? 'rollback' : 'commit');
  }
  await client.end();
}

function someEvents(count: number): EventToAppend[] {
  return Array.from({ length: count }, () => ({
    eventId: randomUUID(),
    type: 'ThingHappened',
    schemaVersion: 1,
    payload: '{"data":{}}',
    metadata: '{}',
  }));
}

function note(events: readonly EventToAppend[], appended: Appended, acknowledged: Acknowledged): void {
  for (const [index, position] of appended.positions.entries()) {
    acknowledged.set(position, events[index]?.eventId ?? '');
  }
}
