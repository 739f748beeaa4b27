import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Reactor } from './definition.js';
import { startReactor } from './listing.js';
import { day, Town } from './town.fixture.js';

let town: Town;
beforeEach(async () => {
  town = await Town.found();
});
afterEach(() => town.leave());

/** Remembers which streams it was asked about, and by how many events; 0 is the clock. */
function remembering(over: Partial<Reactor> = {}) {
  const asked: string[] = [];
  const reactor: Reactor = {
    name: 'remembering',
    filter: { streamPrefixes: ['childcase-'] },
    begins: 'start',
    react: ({ streamId, events }) => {
      asked.push(`${streamId.slice('childcase-'.length)} ${events.length}`);
      return Promise.resolve({});
    },
    ...over,
  };
  return { asked, reactor };
}

const head = async (): Promise<string> => (await town.store.head()) ?? '';

describe('a reactor', () => {
  it('begins at the first event, and is asked once about each stream of a batch', async () => {
    const first = await town.referral();
    await town.assess(first, day(0));
    const second = await town.referral();
    const { asked, reactor } = remembering();
    town.run(reactor);
    await town.reached(await head(), 'remembering');
    expect(asked.sort()).toEqual([`${first} 2`, `${second} 1`].sort());
  });

  it('that begins now sees nothing of what came before', async () => {
    await town.referral();
    const { asked, reactor } = remembering({ begins: 'now' });
    const runner = town.run(reactor);
    await town.until(() => runner.health().status === 'running');
    const later = await town.referral();
    await town.reached(await head(), 'remembering');
    expect(asked).toEqual([`${later} 1`]);
  });

  it('goes on where another process ended', async () => {
    const { asked, reactor } = remembering();
    const first = await town.referral();
    const runner = town.run(reactor);
    await town.reached(await head(), 'remembering');
    await runner.stop();
    const second = await town.referral();
    town.run(reactor);
    await town.reached(await head(), 'remembering');
    expect(asked).toEqual([`${first} 1`, `${second} 1`]);
  });

  it('is led by one process; another takes over when that one is cut off', async () => {
    const { asked, reactor } = remembering();
    const runners = [town.run(reactor), town.run(reactor)];
    const states = () => runners.map((runner) => runner.health().status).sort();
    await town.until(() => states().join() === 'running,standby');
    const first = await town.referral();
    await town.reached(await head(), 'remembering');
    await cutOffLeader();
    const second = await town.referral();
    await town.reached(await head(), 'remembering');
    await town.until(() => states().join() === 'running,standby');
    expect(asked).toEqual([`${first} 1`, `${second} 1`]);
  });

  it('parks a stream that it cannot take, goes on with the others, and tries it again', async () => {
    let broken = true;
    const { asked, reactor } = remembering();
    const bad = await town.referral();
    const picky: Reactor = {
      ...reactor,
      react: (occasion) => {
        if (broken && occasion.streamId.endsWith(bad)) throw new RangeError('secret');
        return reactor.react(occasion);
      },
    };
    const runner = town.run(picky, { retryParkedMs: 60_000 });
    const good = await town.referral();
    await town.reached(await head(), 'remembering');
    await town.assess(bad, day(0));
    await town.reached(await head(), 'remembering');
    expect(asked).toEqual([`${good} 1`]);
    expect(runner.health()).toMatchObject({ status: 'running', parked: 1 });
    const listed = await town.listed('remembering');
    expect([listed.status, listed.parked]).toEqual(['running', 1]);
    expect(town.lines.join()).not.toContain('secret');
    broken = false;
    await runner.stop();
    town.run(picky);
    await town.until(async () => (await town.listed('remembering')).parked === 0);
    expect(asked).toEqual([`${good} 1`, `${bad} 2`]);
  });

  it('is woken on the day that it asked for, once', async () => {
    const { asked, reactor } = remembering();
    const waking: Reactor = {
      ...reactor,
      react: async (occasion) => ({
        ...(await reactor.react(occasion)),
        ...(occasion.today < day(7) ? { wakeOn: day(7) } : {}),
      }),
    };
    const caseId = await town.referral();
    town.run(waking);
    await town.reached(await head(), 'remembering');
    town.today = day(9);
    await town.until(() => asked.length === 2);
    expect(asked).toEqual([`${caseId} 1`, `${caseId} 0`]);
    await town.until(async () => (await town.pool.query('select 1 from reactors.wake')).rowCount === 0);
  });

  it('refuses to run on another history than it has seen, until it is started anew', async () => {
    const { asked, reactor } = remembering();
    const caseId = await town.referral();
    const runner = town.run(reactor);
    await town.reached(await head(), 'remembering');
    await runner.stop();
    await town.pool.query(`update reactors.checkpoint set event_id = gen_random_uuid()::text`);
    const again = town.run(reactor);
    await town.until(() => again.health().status === 'refused');
    expect(await town.listed('remembering')).toMatchObject({
      status: 'refused',
      error: 'other-event',
      advice: expect.stringContaining('forlop reactors start remembering --from start') as unknown,
    });
    await start(null);
    await town.until(() => again.health().status === 'running');
    await town.reached(await head(), 'remembering');
    expect(asked).toEqual([`${caseId} 1`, `${caseId} 1`]);
  });

  it('that leads notices when an operator starts it anew', async () => {
    const { asked, reactor } = remembering();
    const caseId = await town.referral();
    town.run(reactor);
    await town.reached(await head(), 'remembering');
    await start(null);
    await town.until(() => asked.length === 2);
    expect(asked).toEqual([`${caseId} 1`, `${caseId} 1`]);
  });
});

async function start(from: string | null): Promise<void> {
  const client = new Client({ connectionString: town.database.serviceUrl });
  await client.connect();
  await startReactor(client, 'remembering', town.store.storeId, from);
  await client.end();
}

/** Ends the session that holds the lock. */
async function cutOffLeader(): Promise<void> {
  await town.pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
       and database = (select oid from pg_database where datname = current_database())`,
  );
}
