import { describe, expect, it } from '@jest/globals';
import { Nudges } from './nudges.js';
import type { EventPage, Position } from './port.js';
import { runSubscription } from './subscription.js';

const at = (number: number): Position => `mem:${String(number).padStart(20, '0')}`;

/** Pages of one event each up to a last position; `asked` tells from where was read. */
class Pages {
  readonly asked: (Position | null)[] = [];

  constructor(
    private readonly last: number,
    private readonly failAt?: number,
  ) {}

  async readAll(after: Position | null): Promise<EventPage> {
    this.asked.push(after);
    const next = Number((after ?? at(0)).slice(4)) + 1;
    if (next === this.failAt) throw new Error('this page cannot be read');
    if (next > this.last) return { events: [], position: after ?? at(0) };
    const event = { eventId: String(next), streamId: 's', type: 'T', payload: '', metadata: '', hash: '' };
    const place = { revision: next - 1, position: at(next), schemaVersion: 1, recordedAt: '' };
    return { events: [{ ...event, ...place }], position: at(next) };
  }
}

function subscribe(pages: Pages, handler: (page: EventPage) => Promise<void>, stop = new AbortController()) {
  const source = { store: pages, nudges: new Nudges(), pollEvery: 10_000 };
  return runSubscription(source, null, handler, { batchSize: 1, signal: stop.signal });
}

describe('the loop of a subscription', () => {
  it('reads one page in advance while the handler works, and no more', async () => {
    const pages = new Pages(5);
    const stop = new AbortController();
    const readBefore: number[] = [];
    await subscribe(
      pages,
      async ({ position }) => {
        readBefore.push(pages.asked.length);
        if (position === at(5)) stop.abort();
      },
      stop,
    );

    expect(readBefore).toEqual([2, 3, 4, 5, 6]);
    expect(pages.asked).toEqual([null, at(1), at(2), at(3), at(4), at(5)]);
  });

  it('hands over all pages before the one that cannot be read', async () => {
    const handled: Position[] = [];
    const subscription = subscribe(new Pages(5, 3), async ({ position }) => {
      handled.push(position);
      await new Promise((resolve) => setImmediate(resolve));
    });

    await expect(subscription).rejects.toThrow('this page cannot be read');
    expect(handled).toEqual([at(1), at(2)]);
  });

  it('rejects with what the handler throws, not with what the page in advance does', async () => {
    const subscription = subscribe(new Pages(5, 2), () => Promise.reject(new Error('the handler cannot')));

    await expect(subscription).rejects.toThrow('the handler cannot');
  });
});
