import type { Bench } from '../harness/bench.js';
import { Contestant } from '../harness/contestant.js';
import { rowOf } from '../harness/results.js';
import { takeTurns } from '../harness/turns.js';

const NAME = 'start';
const PEER = 'without events';

/** `npm start`, built, to READY, where a million events are stored and projected; beside a data folder with none. */
export const start: Bench = async ({ worlds, closing, quick, repetitions, say }) => {
  say(NAME);
  const events = quick ? 12_000 : 1_000_000;
  const [full, empty] = [await worlds.withReadModels(events), await worlds.withReadModels(0)];
  const { forlop = [], ...peers } = await takeTurns<object>({
    contestants: [
      closing.add(await Contestant.open('forlop', 'npm-start', { dataDir: full.dataDir }), (one) =>
        one.close(),
      ),
      closing.add(await Contestant.open(PEER, 'npm-start', { dataDir: empty.dataDir }), (one) => one.close()),
    ],
    repetitions,
    work: () => ({}),
  });
  const required = [{ peer: PEER, ratio: 1.5 }];
  return [rowOf({ name: NAME, unit: 'ms', ours: forlop, peers, required, counted: { events: full.events } })];
};
