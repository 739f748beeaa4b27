import { join } from 'node:path';
import type { HttpLoad, HttpRequest } from '../contestants/http-load.js';
import { openOffice } from '../contestants/office.js';
import type { Bench } from '../harness/bench.js';
import { Contestant } from '../harness/contestant.js';
import { startBare, startService, untilCaughtUp } from '../harness/process.js';
import { rowOf } from '../harness/results.js';
import { startServer, type Server } from '../harness/server.js';
import { tokenOf } from '../harness/tokens.js';
import { takeTurns } from '../harness/turns.js';

const NAME = 'history';
const BARE = 'bare-fastify-select';
const CONNECTIONS = 16;
const EVENTS = 200;
const OK = 200;

/** The history of a case of 200 events, opened, and each read recorded; beside a route that selects the same rows and returns them. */
export const history: Bench = async ({ folder, closing, quick, repetitions, store, say }) => {
  say(NAME);
  const server = closing.add(await startServer(join(folder, NAME)), (one) => one.remove());
  const dataDir = join(folder, `${NAME}-service`);
  const caseId = await withOffice(server, dataDir, store);
  const service = closing.add(await startService(server.urls, dataDir, join(folder, `${NAME}.log`)), (one) =>
    one.stop(),
  );
  const bare = closing.add(await startBare(server.urls.serviceUrl, join(folder, 'bare.log')), (one) =>
    one.stop(),
  );
  const token = await tokenOf(dataDir, 'SAKSBEHANDLER');
  const requests: Record<string, HttpRequest> = {
    forlop: {
      method: 'GET',
      path: `/api/v1/cases/${caseId}/history?limit=${EVENTS}`,
      headers: { authorization: `Bearer ${token}` },
    },
    [BARE]: { method: 'GET', path: `/history/${await streamKeyOf(server, caseId)}`, headers: {} },
  };
  const each = quick ? 3 : 60;
  await untilCaughtUp(service);
  const { forlop = [], ...peers } = await takeTurns<HttpLoad>({
    contestants: [
      closing.add(await Contestant.open('forlop', 'http-load', { url: service.url }), (one) => one.close()),
      closing.add(await Contestant.open(BARE, 'http-load', { url: bare.url }), (one) => one.close()),
    ],
    repetitions,
    work: (_turn, { name }) => {
      const request = requests[name] as HttpRequest;
      const asked = Array.from({ length: CONNECTIONS * each }, () => request);
      return { requests: asked, connections: CONNECTIONS, status: OK };
    },
    before: () => server.settle(),
    after: () => untilCaughtUp(service),
  });
  const required = [{ peer: BARE, ratio: 0.5 }];
  return [rowOf({ name: NAME, unit: 'requests/s', ours: forlop, peers, required })];
};

async function withOffice({ urls }: Server, dataDir: string, store: 'postgres'): Promise<string> {
  const office = await openOffice({ urls, dataDir, store });
  try {
    return await office.openCase(EVENTS);
  } finally {
    await office.close();
  }
}

async function streamKeyOf({ ask }: Server, caseId: string): Promise<string> {
  const statement = `select stream_key from events.events where stream = 'childcase-${caseId}' limit 1`;
  const [row] = await ask(statement, 'forlop');
  return String(row?.['stream_key']);
}
