import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPostgresEventStore } from '#forlop/event-store';
import { EmbeddedDatabase } from '#forlop/platform';
import {
  forlop,
  killAll,
  killIfThere,
  removeFolder,
  serve,
  serversOf,
  temporaryFolder,
  untilStatus,
} from './service.js';

let folder = '';
let token = '';
let service: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  folder = await temporaryFolder('closed');
  const minted = forlop(folder, ['token', '--role', 'SAKSBEHANDLER', '--municipality', '3401']);
  await minted.ended;
  token = minted.output().trim();
  service = await serve(folder);
});
afterAll(async () => {
  await killAll(folder);
  await removeFolder(folder);
});

interface Acknowledged {
  readonly streamId: string;
  readonly eventId: string;
  readonly position: string;
}

/** Registers a person without an identity number; what was stored, once the answer has come. */
async function register(address: string): Promise<Acknowledged> {
  const answer = await fetch(`${address}/api/v1/persons`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({
      identifier: { kind: 'NONE' },
      name: { first: 'Synne', last: 'Testdatter' },
      birthDate: '2014-09-13',
      addressProtection: 'UGRADERT',
      on: '2026-03-02',
    }),
  });
  const body = (await answer.json()) as { events?: Acknowledged[]; position: string };
  const event = body.events?.[0];
  if (answer.status !== 201 || event === undefined)
    throw new Error(`${answer.status} ${JSON.stringify(body)}`);
  return { ...event, position: body.position };
}

/** The status of a read that waits until the projections have come to a position. */
async function readAt(position: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'min-position': position };
  return (await fetch(`${service.address}/api/v1/cases`, { headers })).status;
}

/** Writers that go on until the service is gone; everything that was acknowledged. */
async function writeUntilGone(address: string, enough: () => void): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  const writer = async () => {
    for (;;) {
      acknowledged.push(await register(address));
      if (acknowledged.length >= 40) enough();
    }
  };
  await Promise.all(Array.from({ length: 8 }, () => writer().catch(() => undefined)));
  return acknowledged;
}

/** Which of the events the store holds, read beside the running service. */
async function missing(acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const database = await EmbeddedDatabase.open({ dataDir: folder, purpose: 'command', say: () => undefined });
  const store = await openPostgresEventStore({ connectionString: database.urls.serviceUrl });
  const first = await store.readFirst(acknowledged.map(({ streamId }) => streamId));
  await store.close();
  await database.close();
  return acknowledged
    .filter(({ streamId, eventId }) => first.get(streamId)?.eventId !== eventId)
    .map(({ eventId }) => eventId);
}

describe('a service whose process is killed', () => {
  it('loses no acknowledged event, leaves a database that the next start adopts, and recovers by itself', async () => {
    const acknowledged = await writeUntilGone(service.address, () => service.child.kill('SIGKILL'));
    expect(await service.ended).toBe('SIGKILL');
    expect(acknowledged.length).toBeGreaterThanOrEqual(40);
    const left = await serversOf(folder);
    service = await serve(folder);
    expect(await serversOf(folder)).toEqual(left);
    expect(await missing(acknowledged)).toEqual([]);
    expect(await readAt((await register(service.address)).position)).toBe(200);
  });

  it('together with its database loses no acknowledged event either', async () => {
    const [server] = await serversOf(folder);
    const acknowledged = await writeUntilGone(service.address, () => {
      service.child.kill('SIGKILL');
      if (server !== undefined) killIfThere(server);
    });
    await service.ended;
    service = await serve(folder);
    expect(await serversOf(folder)).not.toContain(server);
    expect(await missing(acknowledged)).toEqual([]);
  });
});

describe('a database that is killed alone', () => {
  it('is started again: the service answers 503 meanwhile and is itself within 10 s', async () => {
    const [server] = await serversOf(folder);
    if (server === undefined) throw new Error('no database runs');
    const before = await register(service.address);
    killIfThere(server);
    const answers = await Promise.all(Array.from({ length: 5 }, () => statusOfRegister()));
    expect(answers.filter((status) => status !== 503 && status !== 201)).toEqual([]);
    expect(await untilStatus(`${service.address}/health/ready`, 200, 10_000)).toBeLessThan(10_000);
    expect(await serversOf(folder)).not.toContain(server);
    const after = await register(service.address);
    expect(await missing([before, after])).toEqual([]);
    expect(await readAt(after.position)).toBe(200);
  });
});

async function statusOfRegister(): Promise<number> {
  return register(service.address).then(
    () => 201,
    (error: Error) => Number(error.message.slice(0, 3)),
  );
}
