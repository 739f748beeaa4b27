import { eventHash } from '../../hash.js';
import type { EventToAppend, ExpectedRevision } from '../../port.js';
import type { Append } from './append-queue.js';
import { intArray, textArray, uuidArray, uuidBytesArray } from './binary-array.js';
import type { Connection, Row, Statement } from './connection.js';
import { streamKey, streamKeyBytes } from './stream-key.js';

/** What the store made of one append: see `03-append-batch.sql`. Sequences are positions as numbers. */
export type Outcome =
  | { readonly kind: 'stored' | 'repeated'; readonly firstRevision: number; readonly sequences: number[] }
  | { readonly kind: 'conflict'; readonly actual: number | 'noStream' };

const APPEND_ONE = 'events.append_one($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)';
const APPEND_BATCH = 'events.append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)';

/** For each, the statement without and with a nudge. */
const STATEMENTS = {
  one: [
    { name: 'forlop_append_one', text: `select * from ${APPEND_ONE}` },
    { name: 'forlop_append_one_told', text: `select a.* from ${APPEND_ONE} a, pg_notify($11, '')` },
  ],
  batch: [
    { name: 'forlop_append_batch', text: `select * from ${APPEND_BATCH}` },
    { name: 'forlop_append_batch_told', text: `select a.* from ${APPEND_BATCH} a, pg_notify($15, '')` },
  ],
} as const;

/**
 * Sends the appends as one statement, which is its own transaction: nothing a client does or fails to do can hold
 * the lock between two statements.
 * @param timeout ms until the answer is given up
 * @param channel on which the transaction nudges readers when it commits
 */
export async function sendAppends(
  connection: Connection,
  appends: readonly Append[],
  timeout: number,
  channel?: string,
): Promise<Outcome[]> {
  const [statement, values] = asStatement(appends, channel);
  const rows = await connection.run(statement, values, timeout);
  if (rows.length !== appends.length) throw new Error('the store answered for another number of appends');
  return appends.map((append, index) => outcomeOf(rows[index] ?? [], append.events.length));
}

function asStatement(
  appends: readonly Append[],
  channel: string | undefined,
): [Statement, readonly unknown[]] {
  const nudge = channel === undefined ? [] : [channel];
  const [append] = appends;
  const [event] = append?.events ?? [];
  const expected = append && expectedCode(append.expected);
  const told = channel === undefined ? 0 : 1;
  const isOne = appends.length === 1 && append?.events.length === 1;
  if (isOne && event !== undefined && expected !== undefined && expected >= NO_STREAM) {
    return [STATEMENTS.one[told], [...oneValues(append.streamId, event, expected), ...nudge]];
  }
  return [STATEMENTS.batch[told], [...batchValues(appends), ...nudge]];
}

function oneValues(streamId: string, event: EventToAppend, expected: number): unknown[] {
  return [
    streamId,
    streamKey(streamId),
    expected,
    event.eventId,
    event.type,
    event.schemaVersion,
    event.payload,
    event.metadata,
    eventHash(event),
    event.commandId ?? null,
  ];
}

function batchValues(appends: readonly Append[]): unknown[] {
  const events = appends.flatMap((append) => append.events);
  return [
    textArray(appends.map((append) => append.streamId)),
    uuidBytesArray(appends.map((append) => streamKeyBytes(append.streamId))),
    intArray(appends.map((append) => expectedCode(append.expected))),
    intArray(appends.map((append) => append.events.length)),
    intArray(firsts(appends)),
    intArray(appends.flatMap((append, index) => append.events.map(() => index + 1))),
    uuidArray(events.map((event) => event.eventId)),
    textArray(events.map((event) => event.type)),
    intArray(events.map((event) => event.schemaVersion)),
    textArray(events.map((event) => event.payload)),
    textArray(events.map((event) => event.metadata)),
    textArray(events.map((event) => eventHash(event))),
    uuidArray(events.map((event) => event.commandId ?? null)),
    intArray(appends.flatMap((append) => commandSpans(append.events))),
  ];
}

/** For each append, which event of the batch is its first, from 1. */
function firsts(appends: readonly Append[]): number[] {
  let next = 1;
  return appends.map(({ events }) => {
    const first = next;
    next += events.length;
    return first;
  });
}

/** For each event that begins a command, how many events the command has in this append; else null. */
export function commandSpans(events: readonly EventToAppend[]): (number | null)[] {
  const spans: (number | null)[] = [];
  let end = events.length;
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const begins = events[index]?.commandId !== undefined;
    spans[index] = begins ? end - index : null;
    if (begins) end = index;
  }
  return spans;
}

const NO_STREAM = -1;

function expectedCode(expected: ExpectedRevision): number {
  switch (expected) {
    case 'noStream':
      return NO_STREAM;
    case 'any':
      return -2;
    case 'streamExists':
      return -3;
    default:
      return expected;
  }
}

function outcomeOf(row: Row, count: number): Outcome {
  const [code, actual, first, stored] = row;
  const revision = Number(actual);
  switch (code) {
    case '0': {
      const sequences = [Number(first)];
      for (let next = 1; next < count; next += 1) sequences.push(Number(first) + next);
      return { kind: 'stored', firstRevision: revision, sequences };
    }
    case '1':
      return { kind: 'repeated', firstRevision: revision, sequences: bigints(stored ?? '') };
    case '2':
      return { kind: 'conflict', actual: revision < 0 ? 'noStream' : revision };
    default:
      throw new Error('the store gave an unknown outcome');
  }
}

/** `{1,2}`, the text form of a bigint[]. */
function bigints(text: string): number[] {
  return text.slice(1, -1).split(',').map(Number);
}
