import type { EventPage } from '../../port.js';

type ReadPage = (start: bigint, limit: number) => Promise<EventPage>;

/**
 * Gives those who ask for the same page in the same turn of the event loop one page: the projections of a process stand
 * at one position and are woken together. As with every read, the statement starts after all of them have asked.
 */
export class SharedPages {
  private readonly gathering = new Map<string, Promise<EventPage>>();

  constructor(private readonly readPage: ReadPage) {}

  read(start: bigint, limit: number): Promise<EventPage> {
    const key = `${start}/${limit}`;
    const page = this.gathering.get(key) ?? this.gather(key, start, limit);
    this.gathering.set(key, page);
    return page;
  }

  private async gather(key: string, start: bigint, limit: number): Promise<EventPage> {
    await new Promise((resolve) => setImmediate(resolve));
    this.gathering.delete(key);
    return this.readPage(start, limit);
  }
}
