import type { EventStore } from '#forlop/event-store';
import { createPool } from '#forlop/platform';
import type {
  BuildProgress,
  Projection,
  ProjectionHealth,
  ProjectionLog,
  RunnerOptions,
} from '#forlop/projections';
import { Builder, ProjectionRunner } from '#forlop/projections';
import { projections as allProjections } from '#forlop/read-models';
import type { ReactorHealth } from '#forlop/reactors';
import { startReactors } from './start-reactors.js';
import type { ReactingOptions } from './start-reactors.js';

export interface ProjectorOptions {
  /** URL of the database of the read models, as the projector's role. */
  readonly databaseUrl: string;
  /** Its owner closes it, after the projector. */
  readonly store: EventStore;
  readonly log: ProjectionLog;
  /** Default: all of the service. */
  readonly projections?: readonly Projection[];
  readonly tuning?: Pick<RunnerOptions, 'batchSize' | 'askEveryMs' | 'retryMs'>;
  /** With the reactors too; without it this process runs none. */
  readonly reacting?: ReactingOptions;
}

export interface Projector {
  /** One entry per projection; what has failed or refuses says what to do. */
  health(): ProjectionHealth[];
  /** One entry per reactor; empty where this process runs none. */
  reactors(): ReactorHealth[];
  /** Finishes the running batches, hands the projections back and closes the connections. May be called again. */
  close(): Promise<void>;
}

/**
 * Runs every projection, and every reactor when told to: catches up, then follows. Of several processes that do so, one leads each projection and the
 * others stand by. A database that is away is waited for, also at the start.
 */
export function startProjector(options: ProjectorOptions): Projector {
  const { databaseUrl, store, log, projections = allProjections, tuning } = options;
  const pool = createPool({
    url: databaseUrl,
    application: 'forlop-projector',
    // One for each that leads, and two for their questions in between.
    max: projections.length + 2,
    onError: (error) => log.warn({ error: error.name }, 'a database connection broke'),
  });
  // Of its own, since the indexes of a big table take longer than a statement may; idle connections are closed.
  const buildPool = createPool({
    url: databaseUrl,
    application: 'forlop-builder',
    max: 3,
    statementTimeout: 0,
    onError: (error) => log.warn({ error: error.name }, 'a database connection broke'),
  });
  const closing = new AbortController();
  const builder = new Builder({
    projections,
    store,
    pool: buildPool,
    signal: closing.signal,
    onProgress: toldTo(log),
  });
  const runners = projections.map(
    (projection) => new ProjectionRunner({ projection, store, pool, log, builder, ...tuning }),
  );
  for (const runner of runners) runner.start();
  const reacting = options.reacting && startReactors(options.reacting, log);
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const stopped = runners.map((runner) => runner.stop());
    closing.abort();
    await Promise.all([...stopped, reacting?.close()]);
    await Promise.all([pool.end(), buildPool.end()]);
  };
  return {
    health: () => runners.map((runner) => runner.health()),
    reactors: () => reacting?.health() ?? [],
    close: () => (closed ??= close()),
  };
}

/** Tells of a build when it begins to read, every tenth of the way, and at each switch. */
function toldTo(log: ProjectionLog): (progress: BuildProgress) => void {
  let next = 0;
  return ({ phase, projection, events, of }) => {
    if (phase === 'switched') log.info({ projection, events }, 'projection built');
    if (phase !== 'reading') next = 0;
    else if (events >= next) {
      log.info({ events, of }, 'projections are being built');
      next = Math.min(events + of / 10, of);
    }
  };
}
