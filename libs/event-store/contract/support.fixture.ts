import { randomUUID } from 'node:crypto';
import type { EventPage, EventStore, EventToAppend, Position } from '../port.js';

/** A stream nobody else writes to. */
export function aStream(kind = 'contract'): string {
  return `${kind}-${randomUUID()}`;
}

export function anEvent(overrides: Partial<EventToAppend> = {}): EventToAppend {
  return {
    eventId: randomUUID(),
    type: 'ThingHappened',
    schemaVersion: 1,
    payload: '{"data":{}}',
    metadata: '{"occurredAt":"2026-01-05T08:00:00Z"}',
    ...overrides,
  };
}

export function someEvents(count: number): EventToAppend[] {
  return Array.from({ length: count }, () => anEvent());
}

export function idsOf(events: readonly { readonly eventId: string }[]): string[] {
  return events.map((event) => event.eventId);
}

/** Everything after a position, page by page. */
export async function readToEnd(
  store: EventStore,
  after: Position | null,
  pageSize: number,
  prefix: string,
): Promise<EventPage[]> {
  const pages: EventPage[] = [];
  for (let position = after; ;) {
    const page = await store.readAll(position, pageSize, { streamPrefixes: [prefix] });
    if (page.events.length === 0) return pages;
    pages.push(page);
    position = page.position;
  }
}

/** Collects a subscription's batches; `until` resolves when so many events have come. */
export class Collector {
  readonly batches: EventPage[] = [];
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  get ids(): string[] {
    return this.batches.flatMap((batch) => idsOf(batch.events));
  }

  readonly handle = async (batch: EventPage): Promise<void> => {
    this.batches.push(batch);
    for (const { count, resolve } of this.waiting) if (this.ids.length >= count) resolve();
  };

  async until(count: number): Promise<void> {
    if (this.ids.length >= count) return;
    await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
  }
}
