import type { OpenContestant } from '../harness/contestant.js';
import { openStore, type StoreSettings } from './forlop-store.js';

export interface ReadWork {
  /** Events that are stored. */
  readonly events: number;
  /** Events in a batch. */
  readonly page: number;
}

/** Ours: a subscription, as the projector has, from the first event to the last, handed to nobody. */
export const open: OpenContestant<StoreSettings, ReadWork> = async (settings) => {
  const store = await openStore(settings);
  return {
    turn: async ({ events, page }) => {
      const ending = new AbortController();
      let seen = 0;
      const begin = performance.now();
      let end = begin;
      const handler = async (batch: { readonly events: readonly unknown[] }): Promise<void> => {
        seen += batch.events.length;
        if (seen < events) return;
        end = performance.now();
        ending.abort();
      };
      await store.subscribe(null, handler, { batchSize: page, signal: ending.signal });
      if (seen !== events) throw new Error(`${events} events are stored, ${seen} were read`);
      return { value: (seen * 1000) / (end - begin) };
    },
    close: () => store.close(),
  };
};
