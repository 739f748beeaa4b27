import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { ReadWork } from '../contestants/forlop-read.js';
import { newCaseStream, sealedEvents } from '../contestants/sealed-event.js';
import type { Bench } from '../harness/bench.js';
import { Contestant } from '../harness/contestant.js';
import { rowOf } from '../harness/results.js';
import { startServer, type Server } from '../harness/server.js';
import { takeTurns } from '../harness/turns.js';

const NAME = 'read-all';
const BARE = 'bare-pg';
const IN_A_STREAM = 30;
const PAGE = 2_000;

/** All events from the first to the last, to a handler that does nothing; beside a reader that pages through the same table. */
export const readAll: Bench = async ({ folder, closing, quick, repetitions, store, say }) => {
  say(NAME);
  const events = quick ? 20_000 : 1_000_000;
  const server = closing.add(await startServer(join(folder, NAME)), (one) => one.remove());
  await fill(server, events);
  const url = server.urls.serviceUrl;
  const contestants: Contestant<ReadWork>[] = [
    closing.add(await Contestant.open('forlop', 'forlop-read', { kind: store, url }), (one) => one.close()),
    closing.add(await Contestant.open(BARE, 'bare-pg-read', { url }), (one) => one.close()),
  ];
  const { forlop = [], ...peers } = await takeTurns<ReadWork>({
    contestants,
    repetitions,
    work: () => ({ events, page: PAGE }),
    before: () => server.settle(),
  });
  const required = [{ peer: BARE, ratio: 0.6 }];
  return [rowOf({ name: NAME, unit: 'events/s', ours: forlop, peers, required, counted: { events } })];
};

/** By one statement: how the events came there is no part of reading them. */
async function fill(server: Server, events: number): Promise<void> {
  const { referral } = await sealedEvents();
  const { payload, metadata } = await referral(newCaseStream());
  const statement = await readFile(new URL('../sql/fill-events.sql', import.meta.url), 'utf8');
  const client = new Client({ connectionString: server.urls.ownerUrl });
  await client.connect();
  try {
    await client.query(statement, [events, IN_A_STREAM, payload, metadata]);
    await client.query('vacuum analyze events.events');
  } finally {
    await client.end();
  }
}
