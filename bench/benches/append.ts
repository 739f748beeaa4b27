import { join } from 'node:path';
import type { Bench, BenchRun } from '../harness/bench.js';
import { Contestant } from '../harness/contestant.js';
import type { Load } from '../harness/load.js';
import { rowOf, type Requirement, type Row } from '../harness/results.js';
import { startServer, type Server } from '../harness/server.js';
import { takeTurns } from '../harness/turns.js';

const EMMETT = 'emmett-postgresql';
const MESSAGE_DB = 'message-db';

/** Concurrent appenders, and what must be reached there: at 1 the faster of both, which is each of them. */
const ROWS: readonly (readonly [concurrency: number, required: readonly Requirement[]])[] = [
  [1, both(0.9)],
  [16, []],
  [64, both(8)],
  [256, []],
];

/** One sealed event to a new stream, by so many at once. */
export const append: Bench = async (run) => {
  const server = run.closing.add(await startServer(join(run.folder, 'append')), (started) =>
    started.remove(),
  );
  const contestants = await openAll(run, server);
  const rows: Row[] = [];
  for (const [concurrency, required] of ROWS) {
    const name = `append@${concurrency}`;
    run.say(name);
    const seconds = run.quick ? 0.3 : 3;
    const { forlop = [], ...peers } = await takeTurns<Load>({
      contestants,
      repetitions: run.repetitions,
      work: (turn) => ({ concurrency, seconds: turn === 0 ? seconds / 2 : seconds }),
      before: () => server.settle(),
    });
    rows.push(rowOf({ name, unit: 'events/s', ours: forlop, peers, required }));
  }
  return rows;
};

async function openAll({ closing, store }: BenchRun, server: Server): Promise<Contestant<Load>[]> {
  const emmett = await server.makeDatabase('emmett');
  const messageDb = await server.makeDatabase('message_store');
  const url = server.urls.serviceUrl;
  return [
    closing.add(await Contestant.open('forlop', 'forlop-append', { kind: store, url }), close),
    closing.add(await Contestant.open(EMMETT, 'emmett-append', { url: emmett }), close),
    closing.add(await Contestant.open(MESSAGE_DB, 'message-db-append', { url: messageDb }), close),
  ];
}

const close = (contestant: Contestant<Load>): Promise<void> => contestant.close();

function both(ratio: number): Requirement[] {
  return [EMMETT, MESSAGE_DB].map((peer) => ({ peer, ratio }));
}
