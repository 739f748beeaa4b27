import type { EventStore } from '../../libs/event-store/index.js';
import type { StoreKind } from '../harness/bench.js';
import { loadEventStore } from '../harness/service.js';

export interface StoreSettings {
  readonly kind: StoreKind;
  /** How the service reaches it. */
  readonly url: string;
}

/** Our event store, of the kind asked for, as the service opens it. */
export async function openStore({ kind, url }: StoreSettings): Promise<EventStore> {
  const { openPostgresEventStore } = await loadEventStore();
  switch (kind) {
    case 'postgres':
      return openPostgresEventStore({ connectionString: url, application_name: 'forlop-service' });
  }
}
