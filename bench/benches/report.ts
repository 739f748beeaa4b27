import { join } from 'node:path';
import type { ReportSettings, ReportWork } from '../contestants/report-client.js';
import type { Bench, BenchRun } from '../harness/bench.js';
import { Contestant } from '../harness/contestant.js';
import { startService, untilCaughtUp } from '../harness/process.js';
import { rowOf } from '../harness/results.js';
import { startServer } from '../harness/server.js';
import { MUNICIPALITY, tokenOf } from '../harness/tokens.js';
import { takeTurns } from '../harness/turns.js';

const NAME = 'report';
const YEAR = 2025;

/** The report of one municipality's year, generated and read, where a million events are stored and where ten thousand are. */
export const report: Bench = async (run) => {
  run.say(NAME);
  const [many, few] = run.quick ? [12_000, 1_000] : [1_000_000, 10_000];
  const peer = `at ${few} events`;
  const contestants = [await clientAt(run, 'forlop', many), await clientAt(run, peer, few)];
  const { forlop = [], ...peers } = await takeTurns<ReportWork>({
    contestants,
    repetitions: run.repetitions,
    work: () => ({ times: run.quick ? 2 : 10 }),
  });
  const required = [{ peer, ratio: 2 }];
  return [rowOf({ name: NAME, unit: 'ms', ours: forlop, peers, required, counted: { events: many } })];
};

/** A service of its own, on a world of so many events; the municipality has the same cases in each. */
async function clientAt(
  { worlds, closing, folder }: BenchRun,
  name: string,
  events: number,
): Promise<Contestant<ReportWork>> {
  const { dataDir } = await worlds.withReadModels(events);
  const { urls } = closing.add(await startServer(dataDir), (one) => one.stop());
  const service = closing.add(
    await startService(urls, dataDir, join(folder, `report-${events}.log`)),
    (one) => one.stop(),
  );
  await untilCaughtUp(service);
  const token = await tokenOf(dataDir, 'LEDER');
  const settings = { url: service.url, token, municipality: MUNICIPALITY, year: YEAR };
  const client = await Contestant.open<ReportSettings, ReportWork>(name, 'report-client', settings);
  return closing.add(client, (one) => one.close());
}
