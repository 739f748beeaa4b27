import type { Brought, CopyTarget, EventReader, KeptEvent } from '../../copying/ends.js';
import { StoreUnavailable } from '../../errors.js';
import type { Position } from '../../port.js';
import { decodeKept, encode } from './envelope.js';
import { WireFailure } from './failure.js';
import { logPositionOf, START } from './kind.js';
import { Reads } from './reads.js';
import { connectionSettings, type EventStoreDBOptions } from './settings.js';
import { storeIdOf } from './store-id.js';
import type { Wire } from './wire.js';

/** ms until the answer to a call is given up; nobody waits for a copy. */
const TIMES = { timeout: 10_000, scanTimeout: 60_000 };
/** Bytes of an append of several events. The server takes more; larger ones make it no faster. */
const APPEND_BYTES = 256 * 1024;
const APPEND_EVENTS = 500;
/** Appends on their way at once. */
const IN_FLIGHT = 128;

/**
 * One end of a store copy in EventStoreDB.
 * @throws InvalidEventStoreUrl, StoreUnavailable
 */
export async function openEventStoreDBForCopy(options: EventStoreDBOptions): Promise<CopyTarget> {
  const { connect } = await import('./client.js');
  const wire = connect(connectionSettings(options));
  try {
    return new EventStoreDBEnd(await storeIdOf(wire, TIMES.timeout), wire);
  } catch (error) {
    await wire.close();
    throw error;
  }
}

class EventStoreDBEnd implements CopyTarget {
  private readonly reads: Reads;

  constructor(
    readonly storeId: string,
    private readonly wire: Wire,
  ) {
    this.reads = new Reads(wire, TIMES);
  }

  reader(): EventReader {
    return new Reader(this.reads);
  }

  async head(): Promise<string | undefined> {
    return (await this.reads.head()) ?? undefined;
  }

  /** Bytes of the log. */
  extent(position: string | undefined): number {
    const at = logPositionOf(position ?? null);
    return typeof at === 'string' ? 0 : Number(at.commit);
  }

  /**
   * The server puts what comes over one connection into its log in the order in which it comes, and each append says what
   * stands before it in its stream. So many are on their way at once; that they stand in order is seen when they are read back.
   */
  async import(events: readonly Brought[]): Promise<void> {
    const inFlight: Promise<unknown>[] = [];
    try {
      for (const { streamId, events: some, first } of appendsOf(events)) {
        const appending = { streamId, events: encode(some), expected: expectedBefore(first) };
        const answer = this.wire.append(appending, TIMES.timeout);
        // Told when it is its turn.
        answer.catch(() => undefined);
        inFlight.push(answer);
        if (inFlight.length >= IN_FLIGHT) await inFlight.shift();
      }
      for (const answer of inFlight) await answer;
    } catch (error) {
      // Nothing may be on its way when it is looked at what is there.
      await Promise.allSettled(inFlight);
      throw error instanceof WireFailure ? new StoreUnavailable('import', error) : error;
    }
  }

  async close(): Promise<void> {
    await this.wire.close();
  }
}

class Reader implements EventReader {
  private position: Position = START;

  constructor(private readonly reads: Reads) {}

  async next(limit: number): Promise<readonly KeptEvent[]> {
    const events = (await this.reads.wireAfter(this.position, limit)).map(decodeKept);
    this.position = events.at(-1)?.position ?? this.position;
    return events;
  }
}

interface Bundle {
  readonly streamId: string;
  /** Revision of the first. */
  readonly first: number;
  readonly events: Brought[];
  bytes: number;
}

/** Events that follow each other in one stream are one append, as far as it may be. */
export function appendsOf(events: readonly Brought[]): readonly Bundle[] {
  const bundles: Bundle[] = [];
  for (const event of events) {
    const bytes = Buffer.byteLength(event.payload) + Buffer.byteLength(event.metadata);
    const open = bundles.at(-1);
    if (open !== undefined && takes(open, event, bytes)) {
      open.events.push(event);
      open.bytes += bytes;
    } else {
      bundles.push({ streamId: event.streamId, first: event.revision, events: [event], bytes });
    }
  }
  return bundles;
}

/** A command covers what follows it in its append, so an event of none begins another one. */
const takes = (open: Bundle, event: Brought, bytes: number): boolean =>
  open.streamId === event.streamId &&
  open.bytes + bytes <= APPEND_BYTES &&
  open.events.length < APPEND_EVENTS &&
  (event.commandId !== undefined || open.events.at(-1)?.commandId === undefined);

const expectedBefore = (revision: number): 'noStream' | number =>
  revision === 0 ? 'noStream' : revision - 1;
