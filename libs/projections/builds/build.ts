import { setImmediate as breathe } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { EventPage, Position } from '#forlop/event-store';
import { parseAnew } from '../apply.js';
import type { ProjectedEvent, Projection } from '../definition.js';
import { errorClass, isTransient } from '../errors.js';
import { beginBuild, dropUnfinished, endSession } from './begin.js';
import type { BulkLoad, Portions } from './bulk-load.js';
import type { BuildStore } from './complete.js';
import { catchUp, completeTables, startAnew } from './complete.js';
import type { Placed } from './place.js';
import { switchOver } from './switch.js';

export interface BuildOptions {
  /** Built together, from one reading of the store. */
  readonly projections: readonly Projection[];
  readonly store: BuildStore;
  /** As the projector role. Two connections are needed; with three the tables are completed two at a time. */
  readonly pool: Pool;
  readonly signal?: AbortSignal;
  /** How long (ms) the process that leads may take to hand over. Default 30 000. */
  readonly handoverMs?: number;
  /** Events that are read, folded and written at a time. Default 2000. */
  readonly batchSize?: number;
  /** Rows of a table that are kept in memory at most, while more may come to them. Default 4000. */
  readonly keptRows?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
}

export interface BuildProgress {
  /** `indexing`: every event is read; keys, indexes and what was stored since follow. */
  readonly phase: 'reading' | 'indexing' | 'switched';
  /** The one that is indexed or switched; null while all are read. */
  readonly projection: string | null;
  readonly events: number;
  /** Events in the store when it began. */
  readonly of: number;
}

/** One projection's part. */
export interface Built {
  readonly projection: string;
  readonly build: number;
  /** Events read in bulk, whether they gave rows or not. */
  readonly events: number;
  readonly position: Position | null;
}

export interface BuildOutcome {
  readonly built: readonly Built[];
  /** By projection, why it was not built; its live rows go on. */
  readonly failed: ReadonlyMap<string, Error>;
}

const NEVER = new AbortController().signal;
/** Two that work, and one that switches. */
const CONNECTIONS = 3;

/**
 * Builds projections in tables of their own, beside those that are read, and leads the queries over to them. One that fails
 * stops alone. Rejects when all of it cannot go on: a lost connection, or the signal.
 */
export function buildBeside(options: BuildOptions): Promise<BuildOutcome> {
  return onSession(options.pool, (client) => new Building(client, options).run());
}

/** A connection of its own for work that takes long. */
async function onSession<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // The statement that runs tells of a lost connection; without a listener the event would end the process.
  const onLost = (): void => undefined;
  client.on('error', onLost);
  try {
    // The indexes of a big table take longer than a statement usually may.
    // And nothing of a build need be on disk before the switch, whose commit takes all before it along.
    await client.query('set statement_timeout = 0; set synchronous_commit = off');
    return await work(client);
  } finally {
    await endSession(client);
    client.off('error', onLost);
  }
}

/** Waits for all of them, whatever becomes of one, and throws what the first that failed threw. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works))
    if (outcome.status === 'rejected') throw outcome.reason;
}

class Building {
  private readonly failed = new Map<string, Error>();
  private readonly signal: AbortSignal;
  /** What could not be written in bulk is applied event by event in the end: so it is known which event it was. */
  private readonly careful = new Set<BulkLoad>();
  private loads: BulkLoad[] = [];
  /** Builds that were given up. */
  private readonly given: Placed[] = [];
  private events = 0;
  private of = 0;

  constructor(
    private readonly client: PoolClient,
    private readonly options: BuildOptions,
  ) {
    this.signal = options.signal ?? NEVER;
  }

  async run(): Promise<BuildOutcome> {
    const { projections, store, keptRows } = this.options;
    this.of = await store.countAfter(null);
    for (const projection of projections) {
      await this.guarded(projection.name, async () => {
        this.loads.push(await beginBuild(this.client, projection, store.storeId, keptRows));
      });
    }
    const position = await this.readAll();
    const built = await this.finishAll(position);
    for (const placed of this.given) await dropUnfinished(this.client, placed);
    return { built, failed: this.failed };
  }

  /** Reads the store once for all of them; what a page gives is written while the next one is read and folded. */
  private async readAll(): Promise<Position | null> {
    const { store, batchSize = 2000 } = this.options;
    let at: Position | null = null;
    let page = await store.readAll(at, batchSize);
    let writing: Promise<void> = Promise.resolve();
    while (page.events.length > 0 && this.loads.length > 0) {
      const [from, read]: [Position | null, EventPage] = [at, page];
      const next = store.readAll(read.position, batchSize);
      // Awaited below; until then it must not be an unhandled rejection.
      next.catch(() => undefined);
      await this.foldPage(read);
      this.events += read.events.length;
      page = await next;
      const isLast = page.events.length === 0;
      const taken = this.loads.map((load) => [load, load.take(isLast)] as const);
      await writing;
      this.signal.throwIfAborted();
      writing = this.writeAll(taken, from, read);
      writing.catch(() => undefined);
      at = read.position;
      this.tell('reading', null);
    }
    await writing;
    return at;
  }

  /** Each event is parsed once, whoever looks at it. Lets the process do other things in between: it may serve. */
  private async foldPage({ events }: EventPage): Promise<void> {
    for (const [i, stored] of events.entries()) {
      if (i % 200 === 199) await breathe();
      let event: ProjectedEvent | undefined;
      const parsed = (): ProjectedEvent => (event ??= parseAnew(stored));
      for (const load of this.loads) {
        if (!load.looksAt(stored.streamId)) continue;
        try {
          load.add(stored, parsed);
        } catch (error) {
          this.giveUp(load.name, error);
        }
      }
    }
  }

  private async writeAll(
    taken: readonly (readonly [BulkLoad, Portions])[],
    from: Position | null,
    page: EventPage,
  ): Promise<void> {
    for (const [load, portions] of taken) {
      if (this.failed.has(load.name) || this.careful.has(load)) continue;
      try {
        await load.write(this.client, portions, from, page);
      } catch (error) {
        if (isTransient(error) || this.signal.aborted) throw error;
        this.careful.add(load);
      }
    }
  }

  /**
   * Two at a time where there are connections for it, and one for a switch: to index takes the server's time only, and one
   * waits for the disk while another counts.
   */
  private async finishAll(position: Position | null): Promise<Built[]> {
    const { pool } = this.options;
    const left = [...this.loads];
    const built: Built[] = [];
    const work = async (client: PoolClient): Promise<void> => {
      for (let load = left.shift(); load !== undefined; load = left.shift()) {
        const { name } = load;
        const one = load;
        await this.guarded(name, async () => {
          built.push(await this.finish(client, one, position));
        });
      }
    };
    const isAlone = left.length < 2 || pool.options.max < CONNECTIONS;
    await allOf([work(this.client), ...(isAlone ? [] : [onSession(pool, work)])]);
    return built;
  }

  private async finish(client: PoolClient, load: BulkLoad, position: Position | null): Promise<Built> {
    const { store, pool, handoverMs = 30_000 } = this.options;
    const { name, placed, skipped } = load;
    const { signal } = this;
    this.tell('indexing', name);
    const isBulk = !this.careful.has(load);
    if (!isBulk) await startAnew(client, load);
    await completeTables(client, load, store, isBulk ? position : null);
    const near = await catchUp(client, placed, store, isBulk ? position : null, skipped, signal);
    const at = await switchOver(
      { store, pool, projection: load.projection, placed, skipped, handoverMs, signal },
      near,
    );
    this.tell('switched', name);
    return { projection: name, build: placed.build, events: this.events, position: at };
  }

  /** Ends one projection's part at a fault of its own. */
  private async guarded(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isTransient(error) || this.signal.aborted) throw error;
      this.giveUp(name, error);
    }
  }

  private giveUp(name: string, error: unknown): void {
    this.failed.set(name, error instanceof Error ? error : new Error(errorClass(error)));
    this.given.push(...this.loads.filter((load) => load.name === name).map(({ placed }) => placed));
    this.loads = this.loads.filter((load) => load.name !== name);
  }

  private tell(phase: BuildProgress['phase'], projection: string | null): void {
    this.options.onProgress?.({ phase, projection, events: this.events, of: this.of });
  }
}
