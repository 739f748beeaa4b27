import { describe, expect, it } from '@jest/globals';
import { MAX_APPEND_BYTES, MAX_EVENT_BYTES } from '../limits.js';
import type { EventStore, EventToAppend, ExpectedRevision } from '../port.js';
import { anEvent, aStream, someEvents } from './support.fixture.js';

const METADATA = '{}';

/** An event of so many bytes, of which the payload's letters take two each. */
function eventOf(bytes: number): EventToAppend {
  const letters = bytes - METADATA.length - 2;
  return anEvent({
    metadata: METADATA,
    payload: `"${'å'.repeat(Math.floor(letters / 2))}${'a'.repeat(letters % 2)}"`,
  });
}

export function limitsContract(store: () => EventStore): void {
  const refusal = async (
    events: readonly EventToAppend[],
    expected: ExpectedRevision = 'noStream',
    stream = aStream(),
  ): Promise<unknown> => {
    const error: unknown = await store()
      .append(stream, events, expected)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    return error;
  };

  describe('the limits', () => {
    it('take an event of 256 KiB and an append of 1 MiB, counted in bytes', async () => {
      const stream = aStream();
      const events = Array.from({ length: 4 }, () => eventOf(MAX_EVENT_BYTES));
      await store().append(stream, events, 'noStream');

      expect((await store().readStream(stream)).map(({ payload }) => payload)).toEqual(
        events.map(({ payload }) => payload),
      );
    });

    it('refuse an event that is one byte larger', async () => {
      expect(await refusal([anEvent(), eventOf(MAX_EVENT_BYTES + 1)])).toMatchObject({
        name: 'AppendTooLarge',
        what: 'event',
        bytes: MAX_EVENT_BYTES + 1,
        limit: MAX_EVENT_BYTES,
      });
    });

    it('refuse an append that is one byte larger, although each event is not', async () => {
      const events = Array.from({ length: 4 }, () => eventOf(MAX_EVENT_BYTES - METADATA.length - 2));
      const last = MAX_APPEND_BYTES + 1 - 4 * (MAX_EVENT_BYTES - METADATA.length - 2);
      expect(await refusal([...events, eventOf(last)])).toMatchObject({
        name: 'AppendTooLarge',
        what: 'append',
        bytes: MAX_APPEND_BYTES + 1,
        limit: MAX_APPEND_BYTES,
      });
    });
  });

  describe('what no store could keep as given is refused', () => {
    it.each<[string, Partial<EventToAppend>]>([
      ['text', { payload: '"a\0b"' }],
      ['text', { metadata: '"\0"' }],
      ['text', { payload: '"\ud83d"' }],
      ['event-id', { eventId: 'not-a-uuid' }],
      ['event-id', { eventId: 'A35F8C5E-2B1C-4D5E-8F90-0123456789AB' }],
      ['command-id', { commandId: '1' }],
      ['type', { type: '' }],
      ['type', { type: '$reserved' }],
      ['schema-version', { schemaVersion: 0 }],
      ['schema-version', { schemaVersion: 1.5 }],
    ])('%s: %j', async (reason, overrides) => {
      expect(await refusal([anEvent(), anEvent(overrides)])).toMatchObject({
        name: 'InvalidAppend',
        reason,
        index: 1,
      });
    });

    it('an append of nothing, an id twice, a revision that is none, a reserved stream', async () => {
      const event = anEvent();
      expect(await refusal([])).toMatchObject({ name: 'InvalidAppend', reason: 'no-events' });
      expect(await refusal([event, event])).toMatchObject({ reason: 'event-id-twice', index: 1 });
      expect(await refusal([event], -1)).toMatchObject({ reason: 'expected-revision' });
      expect(await refusal([event], 1.5)).toMatchObject({ reason: 'expected-revision' });
      expect(await refusal([event], 'any', '$system')).toMatchObject({ reason: 'stream-id' });
      expect(await refusal([event], 'any', '')).toMatchObject({ reason: 'stream-id' });
    });

    it('in an append of its own, while others at the same time are stored', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 6 }, (_, index) =>
          store().append(aStream(), index === 3 ? [anEvent({ payload: '\0' })] : someEvents(1), 'noStream'),
        ),
      );

      expect(results.map(({ status }) => status === 'fulfilled')).toEqual(results.map((_, i) => i !== 3));
    });
  });
}
