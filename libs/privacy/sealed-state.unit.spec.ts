import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { text } from '#forlop/domain';
import type { DataKey } from './key-store.js';
import { MasterKey } from './master-key.js';
import { MemoryKeyStore } from './memory-key-store.js';
import { Sealer, type StateIdentity } from './sealing.js';

const subject = randomUUID();
const identity: StateIdentity = {
  streamId: `childcase-${randomUUID()}`,
  revision: 7,
  eventId: randomUUID(),
  version: 'childcase.1.abc',
  subject,
};
const state = { birth: { date: '2014-05-01' } };
const event = {
  eventId: randomUUID(),
  type: 'NoteWritten',
  schemaVersion: 1,
  subject,
  shape: { note: text() },
  data: { note: 'Ringte skolen.' },
};

/** Counts how often it is made sure that there is a key. */
class WatchedKeys extends MemoryKeyStore {
  asked = 0;

  override ensureKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    this.asked += 1;
    return super.ensureKeys(subjects);
  }
}

async function sealed() {
  const keys = new WatchedKeys();
  const sealer = new Sealer(keys, new MasterKey(Buffer.alloc(32, 7)));
  const made = await sealer.sealAll([event], { ...identity, state });
  return { keys, sealer, made, kept: made.state ?? Buffer.alloc(0) };
}

describe('a state that is sealed to be kept', () => {
  it('opens where it was sealed, and shows nothing before', async () => {
    const { sealer, kept } = await sealed();
    expect((await sealer.openState(identity, kept))?.state).toEqual(state);
    expect(kept.toString('latin1')).not.toContain('2014');
  });

  it.each<[string, Partial<StateIdentity>]>([
    ['of another stream', { streamId: 'childcase-x' }],
    ['at another revision', { revision: 8 }],
    ['after another event', { eventId: randomUUID() }],
    ['in another version', { version: 'childcase.2.abc' }],
    ['of somebody else', { subject: randomUUID() }],
  ])('does not open as that %s', async (_, other) => {
    const { sealer, kept } = await sealed();
    expect(await sealer.openState({ ...identity, ...other }, kept)).toBeUndefined();
  });

  it('is gone with the key, and none is sealed after it', async () => {
    const { keys, sealer, kept } = await sealed();
    await keys.destroy(subject);
    expect(await sealer.openState(identity, kept)).toBeUndefined();
    const clear = { ...event, shape: {}, data: {} };
    expect(await sealer.sealAll([clear], { ...identity, state })).toEqual({ payloads: [expect.any(String)] });
  });

  it('gives the key on to what it leads to, of the same person alone, and shows it to nobody', async () => {
    const { keys, sealer, kept } = await sealed();
    const key = (await sealer.openState(identity, kept))?.key;
    expect(inspect(key, { showHidden: true, depth: 9 })).not.toMatch(/Buffer|[0-9a-f]{2} [0-9a-f]{2}/);
    const before = keys.asked;
    await sealer.sealAll([event], { ...identity, state }, key);
    expect(keys.asked).toBe(before);
    await sealer.sealAll([{ ...event, subject: randomUUID() }], undefined, key);
    expect(keys.asked).toBe(before + 1);
  });
});
