import { describe, expect, it } from '@jest/globals';
import { Nudges } from './nudges.js';

const NEVER = new AbortController().signal;
const LONG = 60_000;

describe('nudges', () => {
  it('that rang after what was seen are not waited for', async () => {
    const nudges = new Nudges();
    const { seen } = nudges;
    nudges.ring();

    await expect(nudges.after(seen, LONG, NEVER)).resolves.toBeUndefined();
  });

  it('wake everybody who waits', async () => {
    const nudges = new Nudges();
    const waiting = [nudges.after(0, LONG, NEVER), nudges.after(0, LONG, NEVER)];
    nudges.ring();

    await expect(Promise.all(waiting)).resolves.toHaveLength(2);
  });

  it('are no longer waited for after the time, or when aborted', async () => {
    const nudges = new Nudges();
    const stop = new AbortController();
    const waiting = nudges.after(0, LONG, stop.signal);
    stop.abort();

    await expect(waiting).resolves.toBeUndefined();
    await expect(nudges.after(0, 1, NEVER)).resolves.toBeUndefined();
    await expect(nudges.after(0, LONG, AbortSignal.abort())).resolves.toBeUndefined();
  });
});
