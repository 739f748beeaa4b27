import { WrongExpectedRevision } from '../../errors.js';
import { RECENT_EVENTS } from '../../limits.js';
import type { EventToAppend, ExpectedRevision, StoredEvent } from '../../port.js';

/**
 * Judges an append against its stream, as `03-append-batch.sql` does.
 * @returns the stored events that it repeats, or `undefined` when it is to be stored
 * @throws WrongExpectedRevision
 */
export function judge(
  streamId: string,
  stream: readonly StoredEvent[],
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): readonly StoredEvent[] | undefined {
  const start = startOfRepeat(stream, events, expected);
  if (start === undefined) {
    if (fits(stream.length - 1, expected)) return undefined;
  } else {
    const stored = stream.slice(start, start + events.length);
    if (isSame(stored, events)) return stored;
  }
  throw new WrongExpectedRevision(streamId, expected, stream.length === 0 ? 'noStream' : stream.length - 1);
}

function fits(last: number, expected: ExpectedRevision): boolean {
  if (expected === 'any') return true;
  if (expected === 'streamExists') return last >= 0;
  return last === revisionOf(expected);
}

/** The revision at which a repeat would stand; `undefined` when this cannot be one. */
function startOfRepeat(
  stream: readonly StoredEvent[],
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): number | undefined {
  if (expected !== 'any' && expected !== 'streamExists') {
    const start = revisionOf(expected) + 1;
    return start < stream.length ? start : undefined;
  }
  return stream.slice(-RECENT_EVENTS).findLast((stored) => stored.eventId === events[0]?.eventId)?.revision;
}

function isSame(stored: readonly StoredEvent[], events: readonly EventToAppend[]): boolean {
  return events.every((event, index) => stored[index]?.eventId === event.eventId);
}

function revisionOf(expected: 'noStream' | number): number {
  return expected === 'noStream' ? -1 : expected;
}
