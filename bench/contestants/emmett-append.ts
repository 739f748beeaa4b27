import type { OpenContestant } from '../harness/contestant.js';
import { underLoad, type Load } from '../harness/load.js';
import { openEmmett } from './emmett.js';
import { preparedEvents } from './prepared-events.js';
import { newCaseStream } from './sealed-event.js';

/** The peer: appends one event that is sealed already to a new stream. */
export const open: OpenContestant<{ url: string }, Load> = async ({ url }) => {
  const [store, next] = await Promise.all([openEmmett(url), preparedEvents()]);
  return {
    turn: (load) =>
      underLoad(load, () =>
        store.appendToStream(newCaseStream(), [next()], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' }),
      ),
    close: () => store.close(),
  };
};
