import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { anEvent } from '../../contract/support.fixture.js';
import { MAX_APPEND_BYTES, MAX_EVENT_BYTES } from '../../limits.js';
import { decode, encode, idsIn, type CopiedEvent } from './envelope.js';
import type { WireEvent } from './wire.js';

const PLACE = { streamId: 'thing-1', revision: 4, commit: '77', prepare: '76', created: '17000000001234567' };

function roundTrip(events: readonly CopiedEvent[]): WireEvent[] {
  return encode(events).map((event) => ({ ...event, ...PLACE }));
}

describe('an event on the wire', () => {
  it('comes back byte for byte, whatever its text holds', () => {
    const texts = [
      '',
      '{}',
      '},"metadata":',
      '{"forlop":{"eventId":"x"},"metadata":{}}',
      '"Æ 漢 🧒 \u2028"',
      ' { } \r\n',
      '\ufeff{}',
    ];
    for (const payload of texts) {
      for (const metadata of texts) {
        const event = anEvent({ payload, metadata, schemaVersion: 3 });
        const [wire] = roundTrip([event]);
        expect(wire && decode(wire)).toMatchObject({ ...event, streamId: 'thing-1', revision: 4 });
      }
    }
  });

  it('has the position and the time that the server gave it', () => {
    const [wire] = roundTrip([anEvent()]);
    expect(wire && decode(wire)).toMatchObject({
      position: 'esdb:00000000000000000077:00000000000000000076',
      recordedAt: '2023-11-14T22:13:20.123Z',
    });
  });

  it('keeps the time at which another store took it, outside its hash', () => {
    const event = anEvent();
    const [own, copied] = [
      roundTrip([event]),
      roundTrip([{ ...event, recordedAt: '2019-01-01T00:00:00.000Z' }]),
    ];
    const [a, b] = [own[0], copied[0]].map((wire) => wire && decode(wire));

    expect(b?.recordedAt).toBe('2019-01-01T00:00:00.000Z');
    expect(b?.hash).toBe(a?.hash);
  });

  it('is of the command of the last event before it that names one', () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const events = [anEvent(), anEvent({ commandId: a }), anEvent(), anEvent({ commandId: b }), anEvent()];

    expect(roundTrip(events).map((wire) => idsIn(wire).commandId)).toEqual([undefined, a, a, b, b]);
  });

  it('has another id on the server when its bytes are others, and the same when they are the same', () => {
    const event = anEvent();
    const ids = [event, { ...event }, { ...event, payload: '{"data":1}' }, anEvent()].map(
      (one) => encode([one])[0]?.id,
    );

    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('an append of the largest size', () => {
  const filled = (text: string): CopiedEvent[] =>
    Array.from({ length: 4 }, () => anEvent({ metadata: '{}', payload: text.slice(0, MAX_EVENT_BYTES - 2) }));

  it.each([
    ['of one letter', 'a'.repeat(MAX_EVENT_BYTES)],
    ['of ciphertext in base64', randomBytes(MAX_EVENT_BYTES).toString('base64')],
    [
      'of the letters that compress least',
      Array.from(randomBytes(MAX_EVENT_BYTES), (byte) => String.fromCharCode(32 + (byte % 95))).join(''),
    ],
  ])('%s fits into what the server takes, and comes back whole', (_, text) => {
    const events = filled(text);
    const wire = roundTrip(events);
    const size = wire.reduce(
      (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
      0,
    );

    expect(size).toBeLessThanOrEqual(MAX_APPEND_BYTES);
    expect(wire.map((event) => decode(event).payload)).toEqual(events.map(({ payload }) => payload));
  });
});
