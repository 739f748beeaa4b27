import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forlop, killAll, removeFolder, serve, serversOf, temporaryFolder } from './service.js';

const PERSON = JSON.stringify({
  identifier: { kind: 'NONE' },
  name: { first: 'Synne', last: 'Testdatter' },
  birthDate: '2014-09-13',
  addressProtection: 'UGRADERT',
  on: '2026-03-02',
});

let folder = '';
let token = '';
beforeAll(async () => {
  folder = await temporaryFolder('open');
  const minted = forlop(folder, ['token', '--role', 'SAKSBEHANDLER', '--municipality', '3401']);
  await minted.ended;
  token = minted.answer().trim();
});
afterAll(async () => {
  await killAll(folder);
  await removeFolder(folder);
});

/** A request that the service has begun to read: its head and half of its body are sent. */
async function halfSent(address: string): Promise<ClientRequest> {
  const sent = request(`${address}/api/v1/persons`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(PERSON),
      'idempotency-key': randomUUID(),
      expect: '100-continue',
    },
  });
  sent.on('error', () => undefined);
  sent.flushHeaders();
  await once(sent, 'continue');
  sent.write(PERSON.slice(0, 20));
  return sent;
}

/** Resolves when nobody is let in any more. */
async function untilClosed(address: string): Promise<void> {
  const open = () =>
    fetch(`${address}/health/live`, { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    );
  while (await open()) await pause(20);
}

describe('a service that is asked to stop', () => {
  it('lets nobody in, answers the request that it was reading, and exits 0', async () => {
    const service = await serve(folder);
    const sent = await halfSent(service.address);
    service.child.kill('SIGTERM');
    await untilClosed(service.address);
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.end(PERSON.slice(20));
    const [response] = await answered;
    response.resume();
    expect(response.statusCode).toBe(201);
    expect(await service.ended).toBe(0);
    expect(await serversOf(folder)).toEqual([]);
  });

  it('waits for a client that is slow, until it is asked again; then it stops its database and exits non-zero', async () => {
    const service = await serve(folder);
    const sent = await halfSent(service.address);
    service.child.kill('SIGTERM');
    await untilClosed(service.address);
    await pause(600); // what comes sooner counts as the same signal: npm passes on what the terminal has sent already
    expect(service.child.exitCode).toBeNull();
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(1);
    expect(await serversOf(folder)).toEqual([]);
    sent.destroy();
  });
});
