import { metrics } from '@opentelemetry/api';
import type { BatchObservableCallback } from '@opentelemetry/api';
import type { EventStore } from '#forlop/event-store';
import { listProjections, readBuilds } from '#forlop/projections';
import type { Projection, RunSql } from '#forlop/projections';
import { listReactors } from '#forlop/reactors';
import type { Reactor } from '#forlop/reactors';

export interface StandingOptions {
  readonly sql: RunSql;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  readonly reactors: readonly Pick<Reactor, 'name'>[];
}

/**
 * How far projections and reactors are, whichever process runs them. The databases are asked once for each collection and for
 * no longer than that waits; where they do not answer, `forlop_database_up` is 0 and the rest is left out: an old lag would be a lie.
 * @returns ends it
 */
export function measureStanding({ sql, store, projections, reactors }: StandingOptions): () => void {
  const meter = metrics.getMeter('forlop');
  const gauge = (name: string, unit: string, description: string) =>
    meter.createObservableGauge(`forlop.${name}`, { unit, description });
  const up = gauge('database.up', '', '1 when the databases answered this collection.');
  const ofProjection = gaugesOf(gauge, 'projection', 'a projection');
  const ofReactor = gaugesOf(gauge, 'reactor', 'a reactor');
  const remaining = gauge(
    'projection.build.remaining',
    '{event}',
    'Events that a build beside the live rows has not come to.',
  );
  const names = projections.map(({ name }) => name);

  const observe: BatchObservableCallback = async (result) => {
    result.observe(up, 0);
    const [standing, reacting, builds] = await Promise.all([
      listProjections(sql, store, projections),
      listReactors(sql, store, reactors),
      readBuilds(sql, names),
    ]);
    for (const each of standing) told(ofProjection, each, { projection: each.projection });
    for (const each of reacting) told(ofReactor, each, { reactor: each.reactor });
    for (const { status, projection, position, storeId } of builds) {
      if (status !== 'building' || storeId !== store.storeId) continue;
      result.observe(remaining, await store.countAfter(position), { projection });
    }
    result.observe(up, 1);

    function told(gauges: typeof ofProjection, each: Standing, attributes: Record<string, string>): void {
      result.observe(gauges.lagEvents, each.lagEvents, attributes);
      result.observe(gauges.lag, each.lagSeconds, attributes);
      result.observe(gauges.parked, each.parked, attributes);
      result.observe(
        gauges.failed,
        each.status === 'failed' || each.status === 'refused' ? 1 : 0,
        attributes,
      );
    }
  };
  const observables = [up, remaining, ...Object.values(ofProjection), ...Object.values(ofReactor)];
  meter.addBatchObservableCallback(observe, observables);
  return () => meter.removeBatchObservableCallback(observe, observables);
}

interface Standing {
  readonly lagEvents: number;
  readonly lagSeconds: number;
  readonly parked: number;
  readonly status: string;
}

const gaugesOf = <Gauge>(
  gauge: (name: string, unit: string, description: string) => Gauge,
  kind: string,
  one: string,
) => ({
  lagEvents: gauge(`${kind}.lag.events`, '{event}', `Events in the store that ${one} has not come to.`),
  lag: gauge(`${kind}.lag`, 's', `Age of the oldest of the events that ${one} has not come to.`),
  parked: gauge(
    `${kind}.parked.streams`,
    '{stream}',
    `Streams that wait at an event that ${one} could not take.`,
  ),
  failed: gauge(`${kind}.failed`, '', `1 when ${one} stands: it has failed, or its checkpoint is refused.`),
});
