import type { EventStore } from '#forlop/event-store';
import { createPool } from '#forlop/platform';
import type { Projection, ProjectionHealth, ProjectionLog, RunnerOptions } from '#forlop/projections';
import { ProjectionRunner } from '#forlop/projections';
import { projections as allProjections } from '#forlop/read-models';

export interface ProjectorOptions {
  /** URL of the database of the read models, as the projector's role. */
  readonly databaseUrl: string;
  /** Its owner closes it, after the projector. */
  readonly store: EventStore;
  readonly log: ProjectionLog;
  /** Default: all of the service. */
  readonly projections?: readonly Projection[];
  readonly tuning?: Pick<RunnerOptions, 'batchSize' | 'askEveryMs' | 'retryMs'>;
}

export interface Projector {
  /** One entry per projection; what has failed or refuses says what to do. */
  health(): ProjectionHealth[];
  /** Finishes the running batches, hands the projections back and closes the connections. May be called again. */
  close(): Promise<void>;
}

/**
 * Runs every projection: catches up, then follows. Of several processes that do so, one leads each projection and the
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
  const runners = projections.map(
    (projection) => new ProjectionRunner({ projection, store, pool, log, ...tuning }),
  );
  for (const runner of runners) runner.start();
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all(runners.map((runner) => runner.stop()));
    await pool.end();
  };
  return {
    health: () => runners.map((runner) => runner.health()),
    close: () => (closed ??= close()),
  };
}
