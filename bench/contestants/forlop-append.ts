import type { OpenContestant } from '../harness/contestant.js';
import { underLoad, type Load } from '../harness/load.js';
import { openStore, type StoreSettings } from './forlop-store.js';
import { newCaseStream, sealedEvents } from './sealed-event.js';

/** Ours: seals, hashes and appends one event to a new stream. */
export const open: OpenContestant<StoreSettings, Load> = async (settings) => {
  const [store, { referral }] = await Promise.all([openStore(settings), sealedEvents()]);
  return {
    turn: (load) =>
      underLoad(load, async () => {
        const streamId = newCaseStream();
        await store.append(streamId, [await referral(streamId)], 'noStream');
      }),
    close: () => store.close(),
  };
};
