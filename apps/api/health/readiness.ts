import { listProjections } from '#forlop/projections';
import type { Projection, ProjectionListing, RunSql } from '#forlop/projections';
import type { EventStore } from '#forlop/event-store';
import { listReactors } from '#forlop/reactors';
import type { Reactor, ReactorListing } from '#forlop/reactors';
import { Refused } from '../edge/refused.js';

export interface ReadinessReport {
  /**
   * `degraded`: commands are taken, but a projection stands, or has parked streams, and its reads grow old; or a reactor does,
   * and what follows from the commands comes late.
   */
  readonly status: 'ready' | 'degraded';
  readonly storeId: string;
  readonly projections: readonly ProjectionListing[];
  readonly reactors: readonly ReactorListing[];
}

export class Readiness {
  constructor(
    private readonly sql: RunSql,
    private readonly store: EventStore,
    private readonly projections: readonly Projection[],
    private readonly reactors: readonly Pick<Reactor, 'name'>[],
    private readonly isKeyStoreUp: () => Promise<void>,
    private readonly isDraining: () => boolean,
  ) {}

  /** Throws `Refused` (503) while the service drains; what the databases throw is 503 as well. */
  async report(): Promise<ReadinessReport> {
    if (this.isDraining()) throw new Refused('store-unavailable', { detail: 'Tjenesten avslutter.' });
    const [projections, reactors] = await Promise.all([
      listProjections(this.sql, this.store, this.projections),
      listReactors(this.sql, this.store, this.reactors),
      this.isKeyStoreUp(),
    ]);
    const isWhole = [...projections, ...reactors].every(
      ({ status, parked }) => status !== 'failed' && status !== 'refused' && parked === 0,
    );
    const status = isWhole ? 'ready' : 'degraded';
    return { status, storeId: this.store.storeId, projections, reactors };
  }
}
