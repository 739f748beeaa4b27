import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SubjectShredded } from './errors.js';
import type { BlindIndex, KeyStore } from './key-store.js';

/** What every key store with its blind index does; `stores` gives the ones under test once the database stands. */
export function keyStoreContract(name: string, stores: () => { keys: KeyStore; index: BlindIndex }): void {
  describe(`Keys (${name})`, () => {
    it('are made once and stay the same', async () => {
      const { keys } = stores();
      const [a, b] = [randomUUID(), randomUUID()];
      const made = await keys.ensureKeys([a, b, a]);
      expect([...made.keys()].sort()).toEqual([a, b].sort());
      expect(made.get(a)).toHaveLength(32);
      expect(made.get(a)).not.toEqual(made.get(b));
      expect(await keys.ensureKeys([b])).toEqual(new Map([[b, made.get(b)]]));
      expect((await keys.readKeys([a, a])).get(a)).toEqual(made.get(a));
    });

    it('are not made by reading', async () => {
      const { keys } = stores();
      const subject = randomUUID();
      expect(await keys.readKeys([subject])).toEqual(new Map());
      expect(await keys.readKeys([subject])).toEqual(new Map());
      expect(await keys.ensureKeys([])).toEqual(new Map());
    });

    it('once destroyed are never made anew, whether they existed or not', async () => {
      const { keys } = stores();
      const [existing, never] = [randomUUID(), randomUUID()];
      await keys.ensureKeys([existing]);
      for (const subject of [existing, never, existing]) {
        expect(await keys.destroy(subject)).toEqual({ deadRows: 0 });
        expect(await keys.ensureKeys([subject])).toEqual(new Map([[subject, 'destroyed']]));
        expect(await keys.readKeys([subject])).toEqual(new Map([[subject, 'destroyed']]));
      }
    });
  });

  describe(`The blind index (${name})`, () => {
    it('gives an identifier to the first who asks, and answers with them ever after', async () => {
      const { index } = stores();
      const [hmac, first, second] = [randomBytes(32), randomUUID(), randomUUID()];
      expect(await index.find('3401', hmac)).toBeUndefined();
      expect(await index.reserve('3401', hmac, first)).toBe(first);
      expect(await index.reserve('3401', hmac, second)).toBe(first);
      expect(await index.reserve('3401', hmac, first)).toBe(first);
      expect(await index.find('3401', hmac)).toBe(first);
    });

    it('gives many at once as it gives one, each to whoever had it or asked first', async () => {
      const { keys, index } = stores();
      const [taken, free, twice] = [randomBytes(32), randomBytes(32), randomBytes(32)];
      const [owner, one, two, three] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
      await keys.ensureKeys([one, two]);
      await index.reserve('3401', taken, owner);
      const asked = [
        { municipality: '3401', hmac: taken, personId: one },
        { municipality: '3403', hmac: taken, personId: two },
        { municipality: '3401', hmac: free, personId: three },
        { municipality: '3401', hmac: twice, personId: one },
        { municipality: '3401', hmac: twice, personId: two },
      ];
      expect(await index.reserveAll(asked)).toEqual([owner, two, three, one, one]);
      expect(await index.reserveAll(asked)).toEqual([owner, two, three, one, one]);
      expect(await index.find('3403', taken)).toBe(two);
      expect(await index.reserveAll([])).toEqual([]);
    });

    it('gives a destroyed subject none among many', async () => {
      const { keys, index } = stores();
      const [dead, hmac] = [randomUUID(), randomBytes(32)];
      await keys.destroy(dead);
      const asked = [{ municipality: '3401', hmac, personId: dead }];
      await expect(index.reserveAll(asked)).rejects.toThrow(SubjectShredded);
    });

    it('knows nothing of another municipality', async () => {
      const { index } = stores();
      const [hmac, first, second] = [randomBytes(32), randomUUID(), randomUUID()];
      await index.reserve('3401', hmac, first);
      expect(await index.find('3403', hmac)).toBeUndefined();
      expect(await index.reserve('3403', hmac, second)).toBe(second);
    });

    it('takes an identifier back from its owner only', async () => {
      const { index } = stores();
      const [hmac, first, second] = [randomBytes(32), randomUUID(), randomUUID()];
      await index.reserve('3401', hmac, first);
      await index.release('3401', hmac, second);
      expect(await index.find('3401', hmac)).toBe(first);
      await index.release('3401', hmac, first);
      expect(await index.reserve('3401', hmac, second)).toBe(second);
    });

    it('forgets all identifiers of a destroyed subject, gives them none, and may give theirs to another', async () => {
      const { keys, index } = stores();
      const [one, two, subject, next] = [randomBytes(32), randomBytes(32), randomUUID(), randomUUID()];
      await index.reserve('3401', one, subject);
      await index.reserve('3403', two, subject);
      await keys.destroy(subject);
      expect(await index.find('3401', one)).toBeUndefined();
      expect(await index.find('3403', two)).toBeUndefined();
      await expect(index.reserve('3401', one, subject)).rejects.toThrow(SubjectShredded);
      expect(await index.reserve('3401', one, next)).toBe(next);
    });
  });
}
