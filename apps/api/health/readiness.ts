import { listProjections } from '#forlop/projections';
import type { Projection, ProjectionListing, RunSql } from '#forlop/projections';
import type { EventStore } from '#forlop/event-store';
import { Refused } from '../edge/refused.js';

export interface ReadinessReport {
  /** `degraded`: commands are taken, but a projection stands and its reads grow old. */
  readonly status: 'ready' | 'degraded';
  readonly storeId: string;
  readonly projections: readonly ProjectionListing[];
}

export class Readiness {
  constructor(
    private readonly sql: RunSql,
    private readonly store: EventStore,
    private readonly projections: readonly Projection[],
    private readonly isKeyStoreUp: () => Promise<void>,
    private readonly isDraining: () => boolean,
  ) {}

  /** Throws `Refused` (503) while the service drains; what the databases throw is 503 as well. */
  async report(): Promise<ReadinessReport> {
    if (this.isDraining()) throw new Refused('store-unavailable', { detail: 'Tjenesten avslutter.' });
    const [projections] = await Promise.all([
      listProjections(this.sql, this.store, this.projections),
      this.isKeyStoreUp(),
    ]);
    const stands = projections.some(({ status }) => status === 'failed' || status === 'refused');
    return { status: stands ? 'degraded' : 'ready', storeId: this.store.storeId, projections };
  }
}
