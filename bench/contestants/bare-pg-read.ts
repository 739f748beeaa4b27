import { Client } from 'pg';
import type { OpenContestant } from '../harness/contestant.js';
import type { ReadWork } from './forlop-read.js';

/** The columns that a reader of events needs, by a prepared statement, each row an array. */
const READ = {
  name: 'read-page',
  text: `select position, stream, revision, event_id, type, schema_version, payload, metadata, hash, recorded_at
         from events.events where position > $1 order by position limit $2`,
  rowMode: 'array' as const,
};

/** The peer: pages through the same table by position and does nothing with the rows. */
export const open: OpenContestant<{ url: string }, ReadWork> = async ({ url }) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    turn: async ({ events, page }) => {
      const begin = performance.now();
      let seen = 0;
      for (let after: unknown = 0; seen < events;) {
        const { rows } = await client.query<unknown[]>({ ...READ, values: [after, page] });
        const last = rows.at(-1);
        if (last === undefined) throw new Error(`${events} events are stored, ${seen} were read`);
        after = last[0];
        seen += rows.length;
      }
      return { value: (seen * 1000) / (performance.now() - begin) };
    },
    close: () => client.end(),
  };
};
