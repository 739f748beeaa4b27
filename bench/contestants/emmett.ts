/** emmett-postgresql, opened as its documentation does. Typed by what we use of it: it is installed for `bench/` only. */
import type { PreparedEvent } from './prepared-events.js';

export interface EmmettStore {
  readonly schema: { readonly migrate: () => Promise<unknown> };
  appendToStream(
    stream: string,
    events: readonly PreparedEvent[],
    options?: { readonly expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ): Promise<{ readonly nextExpectedStreamVersion: bigint }>;
  readStream(stream: string): Promise<{
    readonly currentStreamVersion: bigint;
    readonly events: readonly PreparedEvent[];
  }>;
  close(): Promise<void>;
}

interface Emmett {
  readonly getPostgreSQLEventStore: (connectionString: string) => EmmettStore;
}

const PACKAGE = '@event-driven-io/emmett-postgresql';

/** Pooled, its default (10 connections); its schema is made before anything is measured. */
export async function openEmmett(url: string): Promise<EmmettStore> {
  const { getPostgreSQLEventStore } = (await import(PACKAGE)) as Emmett;
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  return store;
}
