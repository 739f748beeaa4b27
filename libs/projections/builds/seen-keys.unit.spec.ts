import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeenKeys } from './seen-keys.js';

describe('the keys that a bulk load has seen', () => {
  it('never lose one', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (keys) => {
        const seen = new SeenKeys();
        for (const key of keys) seen.add(key);
        expect(keys.every((key) => seen.has(key) && seen.add(key))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('hardly ever take a new key for one of them', () => {
    const seen = new SeenKeys();
    const keyOf = (n: number) => `36:0b0e7e6a-0000-4000-8000-${String(n).padStart(12, '0')}11:measure`;
    for (let n = 0; n < 200_000; n += 1) seen.add(keyOf(n));
    let mistaken = 0;
    for (let n = 200_000; n < 300_000; n += 1) if (seen.has(keyOf(n))) mistaken += 1;
    expect(mistaken).toBeLessThan(500);
  });
});
