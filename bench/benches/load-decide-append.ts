import { join } from 'node:path';
import type { DecideSettings } from '../contestants/forlop-decide.js';
import type { Bench } from '../harness/bench.js';
import { Contestant } from '../harness/contestant.js';
import type { Load } from '../harness/load.js';
import { rowOf } from '../harness/results.js';
import { startServer } from '../harness/server.js';
import { takeTurns } from '../harness/turns.js';

const EMMETT = 'emmett-postgresql';
const CONCURRENCY = 64;
const LENGTH = 20;

/** Reads a case of 20 events, decides, appends one; the cases are worked on in turn, so that they hardly grow. */
export const loadDecideAppend: Bench = async ({ folder, closing, quick, repetitions, store, say }) => {
  const name = `load-decide-append@${CONCURRENCY}`;
  say(name);
  const server = closing.add(await startServer(join(folder, 'load-decide-append')), (one) => one.remove());
  const emmett = await server.makeDatabase('emmett');
  const settings: DecideSettings = { streams: quick ? 200 : 20_000, length: LENGTH };
  const ours = { kind: store, url: server.urls.serviceUrl, ...settings };
  const contestants: Contestant<Load>[] = [
    closing.add(await Contestant.open('forlop', 'forlop-decide', ours), (one) => one.close()),
    closing.add(await Contestant.open(EMMETT, 'emmett-decide', { url: emmett, ...settings }), (one) =>
      one.close(),
    ),
  ];
  const seconds = quick ? 0.3 : 3;
  const { forlop = [], ...peers } = await takeTurns<Load>({
    contestants,
    repetitions,
    work: (turn) => ({ concurrency: CONCURRENCY, seconds: turn === 0 ? seconds / 2 : seconds }),
    before: () => server.settle(),
  });
  const required = [{ peer: EMMETT, ratio: 5 }];
  return [rowOf({ name, unit: 'commands/s', ours: forlop, peers, required })];
};
