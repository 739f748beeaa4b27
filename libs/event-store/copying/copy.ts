import { StoreUnavailable } from '../errors.js';
import { eventHash } from '../hash.js';
import { pause } from '../pause.js';
import type { Origin } from '../port.js';
import { EventsDigest } from './digest.js';
import type { Brought, CopySource, CopyTarget, EventReader, KeptEvent } from './ends.js';
import { CopyRefused, type CopyRefusal } from './errors.js';

export interface CopyOptions {
  /** Events that are read, brought and read back at once. Default 1 000. */
  readonly pageSize?: number;
  /** ms between two attempts while the target is away. Default 1 000, twice as long each time. */
  readonly retryAfter?: number;
  readonly signal?: AbortSignal;
  /** Told after each page. */
  onProgress?(step: { readonly share: number; readonly done: number }): void;
}

/** What a copy came to. */
export interface StoreCopy {
  /** All that the target holds now. */
  readonly events: number;
  /** Of them, how many an earlier copy had brought. */
  readonly found: number;
  readonly copied: number;
  /** Of the source's events, and read back from the target. See `EventsDigest`. */
  readonly digest: string;
  /** Of the last event, in the source and in the target; `null` in empty ones. */
  readonly position: string | null;
  readonly targetPosition: string | null;
  /** The source has taken more events since: the copy is of what came before, and running it again goes on. */
  readonly sourceMovedOn: boolean;
}

const PAGE = 1_000;
const RETRY_AFTER = 1_000;
const MOST_RETRIES = 5;

/**
 * Copies all events of a store to another one, where they get their positions and keep all else. Goes on where an earlier copy
 * ended: everything that the target holds is compared with the source first, and everything that is brought is read back and
 * compared, byte for byte.
 * @throws CopyRefused, StoreUnavailable (then run it again)
 */
export async function copyStore(
  source: CopySource,
  target: CopyTarget,
  options: CopyOptions = {},
): Promise<StoreCopy> {
  if (source.storeId === target.storeId) throw new CopyRefused('same-store');
  const copy = new Copy(source, target, options);
  const found = await copy.compare();
  const copied = await copy.bring();
  return { ...(await copy.result()), events: found + copied, found, copied };
}

class Copy {
  private readonly from: EventReader;
  private readonly there: EventReader;
  private readonly digests = { source: new EventsDigest(), target: new EventsDigest() };
  private readonly pageSize: number;
  private lasts: { readonly source: KeptEvent; readonly target: KeptEvent } | undefined;
  /** Of the source when the copy began. */
  private end = 0;

  constructor(
    private readonly source: CopySource,
    private readonly target: CopyTarget,
    private readonly options: CopyOptions,
  ) {
    this.from = source.reader();
    this.there = target.reader();
    this.pageSize = options.pageSize ?? PAGE;
  }

  /** @returns how many events of the source the target holds already */
  async compare(): Promise<number> {
    this.end = this.source.extent(await this.source.head());
    for (;;) {
      const theirs = await this.there.next(this.pageSize);
      if (theirs.length === 0) return this.digests.target.count;
      const ours = await exactly(this.from, theirs.length);
      this.accept(ours, theirs, 'differs');
      if (ours.length < theirs.length) throw new CopyRefused('ahead');
    }
  }

  /** @returns how many events were brought */
  async bring(): Promise<number> {
    const before = this.digests.source.count;
    let reading = this.from.next(this.pageSize);
    for (;;) {
      const page = await reading;
      if (page.length === 0) return this.digests.source.count - before;
      // The next page is read while this one is written.
      reading = this.from.next(this.pageSize);
      reading.catch(() => undefined);
      await this.bringPage(page);
    }
  }

  async result(): Promise<Pick<StoreCopy, 'digest' | 'position' | 'targetPosition' | 'sourceMovedOn'>> {
    const digest = this.digests.source.value();
    const [head, targetHead] = await Promise.all([this.source.head(), this.target.head()]);
    const { source, target } = this.lasts ?? {};
    if (this.digests.target.value() !== digest || targetHead !== target?.position)
      throw new CopyRefused('changed');
    return {
      digest,
      position: source?.position ?? null,
      targetPosition: target?.position ?? null,
      sourceMovedOn: head !== source?.position,
    };
  }

  /** Brings what is not there yet, reads it back and compares it. Where a part was stored before the target went away, the rest. */
  private async bringPage(page: readonly KeptEvent[]): Promise<void> {
    for (const event of page)
      if (eventHash(event) !== event.hash) throw new CopyRefused('damaged', event.position);
    const brought = page.map((event): Brought => ({ ...event, origin: originIn(this.source, event) }));
    let done = 0;
    for (let failures = 0; done < page.length;) {
      this.options.signal?.throwIfAborted();
      const failure = await this.import(brought.slice(done));
      const theirs = await this.readBack(page.length - done);
      this.accept(page.slice(done, done + theirs.length), theirs, 'changed');
      done += theirs.length;
      if (done === page.length) return;
      failures += 1;
      if (failures > MOST_RETRIES) throw failure ?? new CopyRefused('changed');
      await this.rest(failures);
    }
  }

  private async import(events: readonly Brought[]): Promise<StoreUnavailable | undefined> {
    try {
      await this.target.import(events, this.lasts?.target);
      return undefined;
    } catch (error) {
      if (error instanceof StoreUnavailable) return error;
      throw error;
    }
  }

  private async readBack(count: number): Promise<readonly KeptEvent[]> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await exactly(this.there, count);
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || failures > MOST_RETRIES) throw error;
        await this.rest(failures);
      }
    }
  }

  private rest(failures: number): Promise<void> {
    const { retryAfter = RETRY_AFTER, signal = new AbortController().signal } = this.options;
    return pause(retryAfter * 2 ** (failures - 1), signal);
  }

  /** The same events in both, in the same order. */
  private accept(ours: readonly KeptEvent[], theirs: readonly KeptEvent[], otherwise: CopyRefusal): void {
    for (const [index, event] of ours.entries()) {
      const there = theirs[index];
      if (
        there === undefined ||
        !isSame(event, there) ||
        !isSameOrigin(originIn(this.source, event), originIn(this.target, there))
      )
        throw new CopyRefused(otherwise, event.position);
      this.digests.source.add(event);
      this.digests.target.add(there);
      this.lasts = { source: event, target: there };
    }
    const { source } = this.lasts ?? {};
    const share = this.end === 0 ? 1 : this.source.extent(source?.position) / this.end;
    this.options.onProgress?.({ share, done: this.digests.target.count });
  }
}

/** So many events, fewer only at the end. */
async function exactly(reader: EventReader, count: number): Promise<readonly KeptEvent[]> {
  const events: KeptEvent[] = [];
  while (events.length < count) {
    const more = await reader.next(count - events.length);
    if (more.length === 0) break;
    events.push(...more);
  }
  return events;
}

/** Where it was first stored: the store that a copy comes back to has its own events without an origin. */
const originIn = ({ storeId }: { readonly storeId: string }, { origin, position }: KeptEvent): Origin =>
  origin ?? { storeId, position };

const isSame = (one: KeptEvent, other: KeptEvent): boolean =>
  one.eventId === other.eventId &&
  one.streamId === other.streamId &&
  one.revision === other.revision &&
  one.type === other.type &&
  one.schemaVersion === other.schemaVersion &&
  one.recordedAt === other.recordedAt &&
  one.commandId === other.commandId &&
  one.hash === other.hash &&
  one.payload === other.payload &&
  one.metadata === other.metadata;

const isSameOrigin = (one: Origin, other: Origin): boolean =>
  one.storeId === other.storeId && one.position === other.position;
