import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore } from '../port.js';
import { appendContract } from './append.contract.js';
import { limitsContract } from './limits.contract.js';
import { readingContract } from './reading.contract.js';
import { subscribeContract } from './subscribe.contract.js';

/**
 * What every adapter promises. The store may hold events already; nobody else may write to it meanwhile.
 * @param makeStore called for each store that is needed; they may or may not share their events
 */
export function eventStoreContract(name: string, makeStore: () => Promise<EventStore>): void {
  describe(`event store contract: ${name}`, () => {
    let store: EventStore;

    beforeAll(async () => {
      store = await makeStore();
    });

    afterAll(async () => {
      await store.close();
    });

    it('has an id', () => {
      expect(store.storeId).toMatch(/^[0-9a-f-]{36}$/);
    });

    appendContract(() => store);
    limitsContract(() => store);
    readingContract(() => store);
    subscribeContract(() => store, makeStore);
  });
}
