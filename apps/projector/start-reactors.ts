import type { EventStore } from '#forlop/event-store';
import { createPool } from '#forlop/platform';
import type { ProjectionLog } from '#forlop/projections';
import type { ReactorHealth, ReactorOptions } from '#forlop/reactors';
import { reactorsOver, ReactorRunner } from '#forlop/reactors';

export interface ReactingOptions {
  /** URL of the database of their checkpoints, as the service's role. */
  readonly databaseUrl: string;
  /** As the service's role: reactors append. Its owner closes it, after they have ended. */
  readonly store: EventStore;
  readonly now?: () => Date;
  readonly tuning?: Pick<
    ReactorOptions,
    'batchSize' | 'beginAfterMs' | 'gatherMs' | 'askEveryMs' | 'retryMs' | 'patienceMs' | 'retryParkedMs'
  >;
}

export interface Reacting {
  health(): ReactorHealth[];
  /** Finishes the running rounds, hands the reactors back and closes the connections. */
  close(): Promise<void>;
}

/** Runs every reactor; of several processes that do so, one leads each and the others stand by. */
export function startReactors(options: ReactingOptions, log: ProjectionLog): Reacting {
  const { databaseUrl, store, now, tuning } = options;
  const reactors = reactorsOver(store);
  const pool = createPool({
    url: databaseUrl,
    application: 'forlop-reactors',
    // One for each that leads, and one to write down what stopped it.
    max: reactors.length + 1,
    onError: (error) => log.warn({ error: error.name }, 'a database connection broke'),
  });
  const runners = reactors.map(
    (reactor) => new ReactorRunner({ reactor, store, pool, log, ...(now ? { now } : {}), ...tuning }),
  );
  for (const runner of runners) runner.start();
  return {
    health: () => runners.map((runner) => runner.health()),
    close: async () => {
      await Promise.all(runners.map((runner) => runner.stop()));
      await pool.end();
    },
  };
}
