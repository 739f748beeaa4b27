import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { FakeEventStoreDB } from './fake-server.js';

const { EventStoreDBClient: Client, excludeSystemEvents, jsonEvent } = esdb;
const DEADLINE = 200;

const event = () => jsonEvent({ id: randomUUID(), type: 'ThingHappened', data: {} });
const aStream = (): string => `bare-${randomUUID()}`;
const inTurn = (turns: number): Promise<'still waiting'> =>
  new Promise((resolve) => setTimeout(() => resolve('still waiting'), turns * DEADLINE));

/**
 * What the client does by itself, against the server that the adapter is tested with. When one of these fails, a newer client has
 * mended it, and the adapter's containment may be looked at again (ADR 0024).
 */
describe('the bare client', () => {
  let server: FakeEventStoreDB;
  const clients: EventStoreDBClient[] = [];

  const connected = (to = server): EventStoreDBClient => {
    const client = Client.connectionString(`${to.url}&defaultDeadline=${DEADLINE}`);
    clients.push(client);
    return client;
  };

  beforeEach(async () => {
    server = await FakeEventStoreDB.start();
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await server.down();
  });

  it('waits for an append that is not answered, whatever its deadline', async () => {
    const client = connected();
    await client.appendToStream(aStream(), event());
    server.faults.swallows = 1;
    const append = client.appendToStream(aStream(), event()).catch(() => 'failed');

    expect(await Promise.race([append, inTurn(4)])).toBe('still waiting');
    server.cut();
    expect(await append).toBe('failed');
  });

  it('fails the appends of one client when the stream of another one breaks', async () => {
    const other = await FakeEventStoreDB.start();
    const [one, two] = [connected(), connected(other)];
    await one.appendToStream(aStream(), event());
    await two.appendToStream(aStream(), event());
    server.faults.swallows = 1;
    const append = one.appendToStream(aStream(), event()).catch((error: { type: string }) => error.type);
    other.faults.breaksAfterStoring = 1;
    await two.appendToStream(aStream(), event()).catch(() => undefined);

    expect(await append).toBe('unavailable');
    await other.down();
  });

  it('tells a checkpoint before anything in front of it was read', async () => {
    const client = connected();
    for (let turn = 0; turn < 10; turn += 1) await client.appendToStream(aStream(), event());
    const reached = await new Promise<bigint>((resolve) => {
      const checkpointReached = async (_: unknown, { commit }: { commit: bigint }): Promise<void> =>
        resolve(commit);
      // Nobody reads from it.
      client.subscribeToAll({ filter: excludeSystemEvents({ maxSearchWindow: 5, checkpointReached }) });
    });

    expect(
      server.log.records.filter(({ position, type }) => position <= reached && !type.startsWith('$')).length,
    ).toBeGreaterThan(0);
  });

  it('does not open a subscription again that broke', async () => {
    const client = connected();
    const seen: string[] = [];
    const subscription = client.subscribeToAll({ filter: excludeSystemEvents() });
    const broken = new Promise((resolve) => subscription.on('error', resolve));
    const first = new Promise((resolve) => subscription.once('data', resolve));
    subscription.on('data', ({ event: got }) => seen.push(got?.id ?? ''));
    await client.appendToStream(aStream(), event());
    await first;
    server.cutReads();
    await broken;
    for (let turn = 0; turn < 5; turn += 1) await client.appendToStream(aStream(), event());

    expect(
      await Promise.race([new Promise((resolve) => subscription.once('data', resolve)), inTurn(2)]),
    ).toBe('still waiting');
    expect(seen).toHaveLength(1);
  });

  it('hands over JSON that is none as if it were some', async () => {
    const stream = aStream();
    const bytes = new TextEncoder().encode('{"half":');
    server.log.write(stream, [{ ...event(), contentType: 'application/json', data: bytes, metadata: bytes }]);
    const read: unknown[] = [];
    for await (const { event: got } of connected().readStream(stream))
      read.push(got?.data, got?.metadata?.constructor.name);

    expect(read).toEqual(['{"half":', 'Uint8Array']);
  });

  it('says nothing in the message of a conflict', async () => {
    const client = connected();
    const stream = aStream();
    await client.appendToStream(stream, event());
    const append = client.appendToStream(stream, event(), { expectedRevision: 'no_stream' });

    await expect(append).rejects.toMatchObject({ type: 'wrong-expected-version', message: '' });
  });
});
