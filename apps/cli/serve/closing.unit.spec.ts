import { describe, expect, it } from '@jest/globals';
import { Closing } from './closing.js';

describe('what was opened', () => {
  it('is closed in the opposite order, also what stands behind something that fails, and once only', async () => {
    const closed: string[] = [];
    const closing = new Closing();
    for (const name of ['database', 'store', 'service']) {
      closing.add(name, async (opened) => {
        closed.push(opened);
        if (opened === 'store') throw new Error('the store fails');
      });
    }
    await expect(closing.run()).rejects.toThrow('the store fails');
    await closing.run();
    expect(closed).toEqual(['service', 'store', 'database']);
  });
});
