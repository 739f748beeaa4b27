import { describe, expect, it } from '@jest/globals';
import { anEvent, idsOf } from '../../contract/support.fixture.js';
import { encode } from './envelope.js';
import { formatLogPosition, START } from './kind.js';
import { Recent } from './recent.js';
import type { WireEvent } from './wire.js';

const at = (place: number): string => formatLogPosition({ commit: String(place), prepare: String(place) });

/** An event at each place: of stream a at odd ones, of b at even ones. */
function events(places: readonly number[], payload = '{}'): WireEvent[] {
  return places.flatMap((place) =>
    encode([anEvent({ payload })]).map((event) => ({
      ...event,
      streamId: place % 2 === 1 ? 'a' : 'b',
      revision: place,
      created: '0',
      commit: String(place),
      prepare: String(place),
    })),
  );
}

function recentOf(wire: readonly WireEvent[], from = START): Recent {
  const recent = new Recent(from);
  for (const event of wire) recent.add(event);
  return recent;
}

describe('the recent events', () => {
  it('are given after a position, as many as wanted, with the position of the last', () => {
    const recent = recentOf(events([10, 20, 30, 40]));
    const page = recent.after(at(10), at(45), 2, undefined);

    expect(page?.events.map(({ position }) => position)).toEqual([at(20), at(30)]);
    expect(page?.position).toBe(at(30));
  });

  it('with all of what comes after, tell how far the tail has come', () => {
    const recent = recentOf(events([10, 20]));

    expect(recent.after(at(10), at(45), 5, undefined)).toMatchObject({ position: at(45) });
    expect(recent.after(at(15), at(45), 5, undefined)?.events).toHaveLength(1);
  });

  it('tell no position behind an event that the limit left out, whatever the filter leaves out', () => {
    const recent = recentOf(events([1, 2, 3, 4, 5, 6]));
    const filter = { streamPrefixes: ['a'] };
    const first = recent.after(START, at(9), 2, filter);

    expect(first?.position).toBe(at(3));
    expect(recent.after(first?.position ?? '', at(9), 2, filter)?.events).toHaveLength(1);
  });

  it('have nothing to say of what was before them, or has not come', () => {
    const recent = recentOf(events([10, 20]), at(5));

    expect(recent.after(START, at(20), 5, undefined)).toBeUndefined();
    expect(recent.after(at(20), at(20), 5, undefined)).toBeUndefined();
    expect(recent.after(at(99), at(20), 5, undefined)).toBeUndefined();
  });

  it('are forgotten from the front, and never given with a gap', () => {
    const places = Array.from({ length: 12_000 }, (_, index) => index + 1);
    const wire = events(places);
    const recent = recentOf(wire);
    const first =
      places.find((place) => recent.after(at(place), at(12_000), 12_000, undefined) !== undefined) ?? 0;

    expect(first).toBeGreaterThan(6_000);
    const page = recent.after(at(first), at(12_000), 12_000, undefined);
    expect(page?.events).toHaveLength(12_000 - first);
    expect(new Set(idsOf(page?.events ?? [])).size).toBe(12_000 - first);
  });

  it('are forgotten by their size too', () => {
    const recent = recentOf(
      events(
        Array.from({ length: 300 }, (_, index) => index + 1),
        `"${'x'.repeat(200_000)}"`,
      ),
    );

    expect(recent.after(START, at(300), 5, undefined)).toBeUndefined();
    expect(recent.after(at(299), at(300), 5, undefined)?.events).toHaveLength(1);
  });
});
