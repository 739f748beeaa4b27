import { randomUUID } from 'node:crypto';
import type { OpenContestant } from '../harness/contestant.js';
import { underLoad, type Load } from '../harness/load.js';
import { installMessageDb, messageDbPool } from './message-db.js';
import { preparedEvents } from './prepared-events.js';
import { newCaseStream } from './sealed-event.js';

const WRITE = {
  name: 'write_message',
  text: 'select message_store.write_message($1, $2, $3, $4, $5, $6)',
};
const NO_STREAM = -1;
/** As ours and emmett's have. */
const CONNECTIONS = 10;

/** The peer: writes one message that is sealed already to a new stream, by a prepared statement. */
export const open: OpenContestant<{ url: string }, Load> = async ({ url }) => {
  await installMessageDb(url);
  const next = await preparedEvents();
  const pool = messageDbPool(url, CONNECTIONS);
  return {
    turn: (load) =>
      underLoad(load, () => {
        const { type, data, metadata } = next();
        return pool.query({
          ...WRITE,
          values: [randomUUID(), newCaseStream(), type, data, metadata, NO_STREAM],
        });
      }),
    close: () => pool.end(),
  };
};
