import { describe, expect, it } from '@jest/globals';
import { anEvent, someEvents } from '../../contract/support.fixture.js';
import type { EventToAppend, ExpectedRevision } from '../../port.js';
import { AppendQueue, type WaitingAppend } from './append-queue.js';

const ALL = Number.POSITIVE_INFINITY;

function waiting(
  streamId: string,
  expected: ExpectedRevision,
  events: readonly EventToAppend[] = someEvents(1),
  bytes = 100,
): WaitingAppend {
  return { streamId, expected, events, bytes, resolve: () => undefined, reject: () => undefined };
}

function queueOf(...appends: WaitingAppend[]): AppendQueue {
  const queue = new AppendQueue();
  for (const append of appends) queue.push(append);
  return queue;
}

describe('the append queue', () => {
  it('gives what waits on different streams in one batch, in order of arrival', () => {
    const appends = ['a', 'b', 'c'].map((stream) => waiting(stream, 'noStream'));
    const queue = queueOf(...appends);

    expect(queue.take(ALL)).toEqual(appends);
    expect(queue.size).toBe(0);
    expect(queue.take(ALL)).toEqual([]);
  });

  it('never puts two appends to one stream in a batch, and keeps their order', () => {
    const [first, second, third] = [waiting('a', 0), waiting('a', 1), waiting('a', 'streamExists')];
    const queue = queueOf(first, second, waiting('b', 0), third);

    expect(queue.take(ALL)).toHaveLength(2);
    expect(queue.take(ALL)).toEqual([second]);
    expect(queue.take(ALL)).toEqual([third]);
  });

  it('puts waiting appends at any to one stream in a batch together, up to one that is not', () => {
    const together = [waiting('log', 'any'), waiting('log', 'any'), waiting('log', 'any')];
    const queue = queueOf(...together, waiting('log', 3), waiting('log', 'any'));

    expect(queue.take(ALL)).toEqual(together);
    expect(queue.take(ALL)).toHaveLength(1);
    expect(queue.take(ALL)).toHaveLength(1);
    expect(queue.size).toBe(0);
  });

  it('makes a repeat at any wait for the next batch, where it can be recognised', () => {
    const event = anEvent();
    const queue = queueOf(waiting('log', 'any', [event]), waiting('log', 'any', [anEvent(), event]));

    expect(queue.take(ALL)).toHaveLength(1);
    expect(queue.take(ALL)).toHaveLength(1);
  });

  it('does not let a busy stream hold back a quiet one', () => {
    const queue = queueOf(waiting('busy', 0), waiting('busy', 1), waiting('busy', 2), waiting('quiet', 0));

    expect(queue.take(1).map(({ streamId }) => streamId)).toEqual(['busy']);
    expect(queue.take(1).map(({ streamId }) => streamId)).toEqual(['quiet']);
    expect(queue.size).toBe(2);
  });

  it('fills a batch up to 1000 events and 4 MiB, and takes at least one append', () => {
    const MIB = 1024 * 1024;
    const byEvents = queueOf(...['a', 'b', 'c'].map((stream) => waiting(stream, 0, someEvents(400))));
    expect(byEvents.take(ALL)).toHaveLength(2);

    const byBytes = queueOf(...['a', 'b', 'c', 'd', 'e'].map((s) => waiting(s, 0, someEvents(1), MIB)));
    expect(byBytes.take(ALL)).toHaveLength(4);

    const large = queueOf(waiting('a', 0, someEvents(1200)), waiting('b', 0));
    expect(large.take(ALL)).toHaveLength(1);
  });
});
