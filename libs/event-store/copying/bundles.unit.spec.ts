import { describe, expect, it } from '@jest/globals';
import { appendsOf } from '../adapters/eventstoredb/copying.js';
import { commandRuns } from '../adapters/postgres/copying.js';
import { eventHash } from '../hash.js';
import type { Brought } from './ends.js';

const event = (streamId: string, revision: number, commandId?: string, payload = '{}'): Brought => ({
  eventId: `${streamId}-${revision}`,
  streamId,
  revision,
  position: 'mem:00000000000000000001',
  type: 'ThingHappened',
  schemaVersion: 1,
  payload,
  metadata: '{}',
  hash: eventHash({ payload, metadata: '{}' }),
  recordedAt: '2026-03-02T10:00:00.000Z',
  origin: { storeId: 'a', position: 'mem:00000000000000000001' },
  ...(commandId === undefined ? {} : { commandId }),
});

const sizes = (events: readonly Brought[]): number[] =>
  appendsOf(events).map((bundle) => bundle.events.length);

describe('the appends of a copy', () => {
  it('hold what follows each other in one stream, and keep the order of all', () => {
    const events = [event('a', 0), event('a', 1), event('b', 0), event('a', 2)];
    expect(appendsOf(events).map(({ streamId, first }) => [streamId, first])).toEqual([
      ['a', 0],
      ['b', 0],
      ['a', 2],
    ]);
    expect(appendsOf(events).flatMap((bundle) => bundle.events)).toEqual(events);
  });

  it('give no event the command of the one before it', () => {
    expect(sizes([event('a', 0, 'x'), event('a', 1, 'x'), event('a', 2), event('a', 3, 'y')])).toEqual([
      2, 2,
    ]);
  });

  it('stay far below what the server takes', () => {
    const large = 'x'.repeat(200_000);
    expect(sizes([event('a', 0, undefined, large), event('a', 1, undefined, large), event('a', 2)])).toEqual([
      1, 2,
    ]);
  });
});

describe('the runs of a command', () => {
  it('are the events of it that follow each other in a stream', () => {
    const events = [
      event('a', 4, 'x'),
      event('a', 5, 'x'),
      event('a', 6),
      event('b', 0, 'x'),
      event('a', 7, 'y'),
    ];
    expect(commandRuns(events)).toEqual([
      { commandId: 'x', last: 5 },
      undefined,
      undefined,
      { commandId: 'x', last: 0 },
      { commandId: 'y', last: 7 },
    ]);
  });
});
