import { describe, expect, it } from '@jest/globals';
import { SharedPages } from './shared-pages.js';

describe('shared pages', () => {
  it('are read once for all who ask in the same turn, and anew for whoever asks later', async () => {
    const statements: string[] = [];
    const pages = new SharedPages(async (start, limit) => {
      statements.push(`${start}/${limit}`);
      return { events: [], position: `read ${statements.length}` };
    });
    const [one, same, other, shorter] = await Promise.all([
      pages.read(5n, 10),
      pages.read(5n, 10),
      pages.read(6n, 10),
      pages.read(5n, 1),
    ]);

    expect(same).toBe(one);
    expect([other, shorter]).not.toContain(one);
    expect(statements).toEqual(['5/10', '6/10', '5/1']);
    expect(await pages.read(5n, 10)).not.toBe(one);
  });

  it('fail for all who asked for them, and not for whoever asks later', async () => {
    let isAway = true;
    const pages = new SharedPages(async () => {
      if (isAway) throw new Error('away');
      return { events: [], position: 'there' };
    });
    const both = await Promise.allSettled([pages.read(0n, 1), pages.read(0n, 1)]);
    isAway = false;

    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await pages.read(0n, 1)).toMatchObject({ position: 'there' });
  });
});
