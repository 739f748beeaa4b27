import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { HttpLoad, HttpRequest } from '../contestants/http-load.js';
import { openOffice } from '../contestants/office.js';
import type { Bench } from '../harness/bench.js';
import { Contestant } from '../harness/contestant.js';
import { startBare, startService, untilCaughtUp, type Served } from '../harness/process.js';
import { rowOf } from '../harness/results.js';
import { startServer, type Server } from '../harness/server.js';
import { loadDomain } from '../harness/service.js';
import { tokenOf } from '../harness/tokens.js';
import { takeTurns } from '../harness/turns.js';

const CONNECTIONS = 64;
const BARE = 'bare-fastify-insert';
const CREATED = 201;

/** ReceiveReferral through the whole service, each under its own key and about its own child; beside a route with one insert. */
export const http: Bench = async (run) => {
  const name = `http@${CONNECTIONS}`;
  run.say(name);
  const server = run.closing.add(await startServer(join(run.folder, 'http')), (one) => one.remove());
  const sizes = run.quick ? { turn: 5, warmUp: 5 } : { turn: 200, warmUp: 100 };
  const count = CONNECTIONS * (sizes.warmUp + sizes.turn * run.repetitions);
  const dataDir = join(run.folder, 'http-service');
  const office = await openOffice({ urls: server.urls, dataDir, store: run.store });
  const children = await office.register(count);
  await office.close();
  const requests = await requestsFor(children, await tokenOf(dataDir, 'SAKSBEHANDLER'));
  const ours = run.closing.add(
    await startService(server.urls, dataDir, join(run.folder, 'http-service.log')),
    (one) => one.stop(),
  );
  const bare = run.closing.add(
    await startBare(await bareDatabase(server), join(run.folder, 'bare.log')),
    (one) => one.stop(),
  );
  const shares = [sizes.warmUp, ...Array.from({ length: run.repetitions }, () => sizes.turn)].map((size) =>
    requests.splice(0, size * CONNECTIONS),
  );
  const { forlop = [], ...peers } = await takeTurns<HttpLoad>({
    contestants: [
      run.closing.add(await generatorFor('forlop', ours), (one) => one.close()),
      run.closing.add(await generatorFor(BARE, bare), (one) => one.close()),
    ],
    repetitions: run.repetitions,
    work: (turn, { name: side }) => {
      const path = side === BARE ? '/referrals' : '/api/v1/referrals';
      const asked = (shares[turn] ?? []).map((one) => ({ ...one, path }));
      return { requests: asked, connections: CONNECTIONS, status: CREATED };
    },
    before: () => server.settle(),
    after: () => untilCaughtUp(ours),
  });
  const required = [{ peer: BARE, ratio: 0.5 }];
  return [rowOf({ name, unit: 'requests/s', ours: forlop, peers, required })];
};

const generatorFor = (name: string, { url }: Served): Promise<Contestant<HttpLoad>> =>
  Contestant.open(name, 'http-load', { url });

async function requestsFor(children: readonly string[], token: string): Promise<HttpRequest[]> {
  const { referralExample } = await loadDomain();
  return children.map((personId) => ({
    method: 'POST',
    path: '',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ ...(referralExample as object), children: [{ personId }] }),
  }));
}

/** One table with one row a request, and its primary key. */
async function bareDatabase(server: Server): Promise<string> {
  const url = await server.makeDatabase('bare');
  const columns =
    'id uuid primary key, received_at timestamptz not null default now(), payload text not null';
  await server.ask(`create table received (${columns})`, 'bare');
  return url;
}
