import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeEventStoreDB } from '../eventstoredb/fake-server.js';
import { forlop, killAll, removeFolder, temporaryFolder, type Running } from './service.js';

interface Copied {
  readonly events: number;
  readonly found: number;
  readonly copied: number;
  readonly digest: string;
  readonly targetPosition: string;
}

describe('forlop store copy', () => {
  let folder = '';
  let server: FakeEventStoreDB;
  beforeAll(async () => {
    [folder, server] = [await temporaryFolder('closed'), await FakeEventStoreDB.start()];
    const made = forlop(
      folder,
      'generate --cases 60 --municipalities 2 --years 2 --seed copy --json'.split(' '),
    );
    expect([await made.ended, made.output()]).toEqual([0, expect.stringContaining('"cases":60')]);
  }, 120_000);
  afterAll(async () => {
    await server.down();
    await killAll(folder);
    await removeFolder(folder);
  });

  const copy = (from = 'postgres', to = server.url): Running =>
    forlop(folder, ['store', 'copy', '--from', from, '--to', to, '--json']);
  const answerOf = async (running: Running): Promise<Copied> => {
    expect([await running.ended, running.output()]).toEqual([0, running.output()]);
    return JSON.parse(running.answer()) as Copied;
  };

  it('that is killed goes on when it is run again, and is done then', async () => {
    const killed = copy();
    await new Promise<void>((resolve) => {
      const stop = server.log.onWrite(() => {
        if (server.log.records.length < 300) return;
        stop();
        killed.child.kill('SIGKILL');
        resolve();
      });
    });
    expect(await killed.ended).toBe('SIGKILL');
    const whole = await answerOf(copy());
    expect(whole.found).toBeGreaterThan(0);
    expect(whole.copied).toBeGreaterThan(0);
    expect(whole.found + whole.copied).toBe(whole.events);
    expect(await answerOf(copy())).toMatchObject({
      found: whole.events,
      copied: 0,
      digest: whole.digest,
      targetPosition: whole.targetPosition,
    });
  }, 120_000);

  it('says in plain words what it does not do', async () => {
    const nothing = copy('nowhere');
    expect([await nothing.ended, nothing.output()]).toEqual([64, expect.stringMatching(/--from is neither/)]);
    const itself = copy('postgres', 'postgres');
    expect([await itself.ended, itself.output()]).toEqual([1, expect.stringMatching(/the same store/)]);
    const unset = copy('postgres', 'eventstoredb');
    expect([await unset.ended, unset.output()]).toEqual([
      78,
      expect.stringMatching(/EVENTSTORE_URL is not set/),
    ]);
    await server.down();
    const away = copy();
    expect(await away.ended).toBe(69);
    await server.up();
  }, 120_000);
});
