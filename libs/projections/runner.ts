import type { Pool, PoolClient } from 'pg';
import type { EventPage, EventStore, Position } from '#forlop/event-store';
import { Builder } from './builds/builder.js';
import { markCheckpoint, readCheckpoint } from './checkpoint.js';
import type { Projection } from './definition.js';
import { CheckpointUnusable, ProjectionFailed, errorClass, isTransient } from './errors.js';
import { readParked, skippedIn } from './failures/failures.js';
import { mend } from './freshness.js';
import { applyOrPark } from './isolate.js';
import type { Applying } from './isolate.js';
import { LeaderSession } from './leader-session.js';
import { isAwaited, tryLock } from './lock.js';
import { BackOff, pause } from './pause.js';
import { prepare } from './prepare.js';
import { asProjector, sqlOver } from './sql.js';
import type { RunSql } from './sql.js';
import { projecting } from './telemetry.js';

/** What the runner tells; the fields hold ids, positions and error classes only. */
export interface ProjectionLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RunnerOptions {
  readonly projection: Projection;
  readonly store: EventStore;
  /** As the projector role; a leader keeps one connection and now and then uses another. */
  readonly pool: Pool;
  readonly log: ProjectionLog;
  /** Builds what cannot be gone on from; shared by the runners of a process. Default: one of its own. */
  readonly builder?: Pick<Builder, 'ensure'>;
  /** Most events in a transaction. Default 500. */
  readonly batchSize?: number;
  /** How often (ms) one who stands by asks for the lock, and a leader whether it is to hand over. Default 500. */
  readonly askEveryMs?: number;
  /** First and last waiting time (ms) after a transient error. Default 100 and 2000. */
  readonly retryMs?: readonly [number, number];
}

/**
 * - `standby`: another process leads, or has it for a rebuild. - `running`: catches up or is live.
 * - `building`: its rows are built beside those that are read. - `retrying`: the database is away.
 * - `failed`: the installation is at fault (a table is missing, a right); waits until somebody has changed the checkpoint, or
 *   for a new start.
 * - `refused`: the checkpoint belongs to another store or a newer program.
 */
export type RunnerStatus =
  'starting' | 'standby' | 'building' | 'running' | 'retrying' | 'failed' | 'refused' | 'stopped';

export interface ProjectionHealth {
  readonly projection: string;
  readonly status: RunnerStatus;
  /** Where this process left or has its checkpoint; null when it never led or nothing was applied. */
  readonly position: Position | null;
  /** Class of the error behind `retrying`, `failed` and `refused`. */
  readonly error?: string;
  /** Streams that wait, each at an event that cannot be applied; left out when there is none. */
  readonly parked?: number;
  /** Where a failed one stands. */
  readonly errorPosition?: Position | null;
  /** What the operator does. */
  readonly advice?: string;
}

/** There are rows to go on from. */
const BUILT = 'built';

/** Runs one projection for as long as the process lives: leads when it can, retries what may pass, stops at what may not. */
export class ProjectionRunner {
  private readonly stopping = new AbortController();
  private readonly backOff: BackOff;
  private readonly askEveryMs: number;
  private readonly builder: Pick<Builder, 'ensure'>;
  private state: Omit<ProjectionHealth, 'projection' | 'position'> = { status: 'starting' };
  private position: Position | null = null;
  private parked: ReadonlySet<string> = new Set();
  private finished: Promise<void> | undefined;
  /** The checkpoint as it was when this process last had to let go of it; any other since then is somebody's mending. */
  private leftAt: string | undefined;
  /** Whether it has come no further than to the build of its rows. */
  private isBuilding = false;

  constructor(private readonly options: RunnerOptions) {
    this.backOff = new BackOff(...(options.retryMs ?? [100, 2000]));
    this.askEveryMs = options.askEveryMs ?? 500;
    const { projection, store, pool } = options;
    this.builder =
      options.builder ??
      new Builder({ projections: [projection], store, pool, signal: this.stopping.signal });
  }

  health(): ProjectionHealth {
    const parked = this.parked.size === 0 ? {} : { parked: this.parked.size };
    return { projection: this.name, position: this.position, ...this.state, ...parked };
  }

  start(): void {
    this.finished ??= this.run();
  }

  /** Finishes the running batch, gives the lock back and ends. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.finished;
  }

  private get name(): string {
    return this.options.projection.name;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        if (await this.isBuilt()) await this.leadOnce();
        else await pause(this.askEveryMs, signal);
      } catch (error) {
        // A build that is broken off by the stop is no failure.
        if (!signal.aborted) await this.recover(error);
      }
    }
    this.state = { status: 'stopped' };
  }

  private async recover(error: unknown): Promise<void> {
    const { signal } = this.stopping;
    if (error instanceof CheckpointUnusable) {
      this.state = { status: 'refused', error: error.reason, advice: error.advice };
      this.options.log.error(
        { projection: this.name, reason: error.reason, advice: error.advice },
        'projection refused',
      );
      await this.untilMended();
    } else if (!isTransient(error)) {
      const failure = error instanceof ProjectionFailed ? error.errorClass : errorClass(error);
      const position = error instanceof ProjectionFailed ? error.position : this.position;
      this.state = {
        status: 'failed',
        error: failure,
        errorPosition: position,
        advice: mend(this.name),
      };
      this.options.log.error({ projection: this.name, position, error: failure }, 'projection stopped');
      await this.untilMended();
    } else {
      this.state = { status: 'retrying', error: errorClass(error) };
      this.options.log.warn({ projection: this.name, error: errorClass(error) }, 'projection retries');
      await pause(this.backOff.take(), signal);
    }
  }

  /** Whether there are rows to go on from; else another process builds them. */
  private async isBuilt(): Promise<boolean> {
    this.isBuilding = true;
    const readiness = await this.builder.ensure(this.name, () => {
      this.state = { status: 'building' };
    });
    this.isBuilding = false;
    if (readiness === 'elsewhere') this.state = { status: 'standby' };
    return readiness !== 'elsewhere';
  }

  private async leadOnce(): Promise<void> {
    const session = await LeaderSession.open(this.options.pool);
    try {
      if (await this.gainLock(session.client, session.lost)) {
        session.watch();
        await this.lead(session.client, session.lost);
      }
    } finally {
      this.parked = new Set();
      // Gives the lock back with the session.
      await session.end();
    }
  }

  private async gainLock(client: PoolClient, lost: AbortSignal): Promise<boolean> {
    const signal = AbortSignal.any([this.stopping.signal, lost]);
    while (!signal.aborted) {
      if (await tryLock(client, this.name)) return true;
      this.state = { status: 'standby' };
      await pause(this.askEveryMs, signal);
    }
    return false;
  }

  private async lead(client: PoolClient, lost: AbortSignal): Promise<void> {
    const { store, batchSize = 500, log } = this.options;
    const ended = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, lost, ended.signal]);
    let watching: Promise<void> | undefined;
    try {
      const applying = await this.begin(client);
      this.state = { status: 'running' };
      log.debug({ projection: this.name, position: this.position }, 'projection runs');
      watching = this.watchForSuccessor(ended, signal);
      await store.subscribe(this.position, (batch) => this.take(applying, batch), { batchSize, signal });
    } catch (error) {
      const failure = await this.recorded(client, error);
      // Under the lock: a rebuild that only waited for it may be over before this process gets to look.
      if (!isTransient(failure)) this.leftAt = await this.look(sqlOver(client));
      throw failure;
    } finally {
      ended.abort();
      await watching;
    }
    if (lost.aborted) throw Object.assign(new Error('Connection terminated'), { code: '08006' });
  }

  /** Where the one before left off: its checkpoint, and what it has parked. */
  private async begin(client: PoolClient): Promise<Applying> {
    const { store } = this.options;
    const { projection, position } = await prepare(client, this.options.projection, store);
    this.position = position;
    const sql = sqlOver(client);
    const parked = new Set((await readParked(sql, this.name)).map(({ streamId }) => streamId));
    this.parked = parked;
    return { client, projection, streams: store, parked, skipped: await skippedIn(sql, projection) };
  }

  private async take(applying: Applying, batch: EventPage): Promise<void> {
    // Of an empty store there is nothing to keep: a checkpoint at its beginning would lie ahead of its absent head.
    if (this.position === null && batch.events.length === 0) return;
    const parked = await projecting(this.name, batch, () => applyOrPark(applying, this.position, batch));
    for (const { event, error } of parked) {
      const { streamId, position, type } = event;
      this.options.log.error({ projection: this.name, streamId, position, type, error }, 'stream parked');
    }
    this.position = batch.position;
    this.backOff.reset();
  }

  /** Writes down what stopped the projection. What is neither transient nor known stops it as well: nothing is skipped. */
  private async recorded(client: PoolClient, error: unknown): Promise<unknown> {
    if (isTransient(error) || error instanceof CheckpointUnusable) return error;
    const failure =
      error instanceof ProjectionFailed
        ? error
        : new ProjectionFailed(this.name, this.position, errorClass(error), error);
    // A part of the batch may have been applied, so the row knows better than this process.
    const checkpoint = await readCheckpoint(sqlOver(client), this.name);
    this.position = checkpoint?.position ?? null;
    await asProjector(client, () =>
      markCheckpoint(client, this.name, 'failed', { error: failure.errorClass, position: failure.position }),
    );
    return failure;
  }

  private async watchForSuccessor(ended: AbortController, signal: AbortSignal): Promise<void> {
    const sql = sqlOver(this.options.pool);
    while (!signal.aborted) {
      await pause(this.askEveryMs, signal);
      // The leader's own connection notices when the database is away; this question can wait.
      if (!signal.aborted && (await isAwaited(sql, this.name).catch(() => false))) {
        this.state = { status: 'standby' };
        this.options.log.info({ projection: this.name }, 'projection handed over');
        ended.abort();
      }
    }
  }

  /** Waits until somebody else has changed the checkpoint, as a rebuild does; that it failed elsewhere too mends nothing. */
  private async untilMended(): Promise<void> {
    const { signal } = this.stopping;
    const sql = sqlOver(this.options.pool);
    if (this.isBuilding) this.leftAt = undefined;
    while (!signal.aborted) {
      await pause(this.askEveryMs, signal);
      const now = await this.look(sql).catch(() => this.leftAt);
      if (now === BUILT) return;
      this.leftAt ??= now;
      if (now !== this.leftAt && now?.startsWith('failed') === false) return;
    }
  }

  /**
   * What tells one state of the checkpoint from another. Whose build has failed looks for other rows alone: that an older
   * program goes on with the old ones mends nothing, and each try reads the whole store.
   */
  private async look(sql: RunSql): Promise<string> {
    const row = await readCheckpoint(sql, this.name);
    if (row !== undefined && this.isBuilding) {
      const isBuilt = row.version >= this.options.projection.version && row.position !== null;
      return isBuilt ? BUILT : `${row.storeId} ${row.version} ${row.build}`;
    }
    return row === undefined ? 'none' : `${row.status} ${row.storeId} ${row.version} ${row.updatedAt}`;
  }
}
