import { describe, expect, it } from '@jest/globals';
import { progressLine } from './progress.js';

describe('the progress of a long command', () => {
  it('has a bar, a count, a rate and the time that is left', () => {
    expect(progressLine({ share: 0.4, done: 123_456 }, 'events', 6)).toBe(
      `[${'#'.repeat(12)}${'·'.repeat(18)}] 40 %  123,456 events  20,576/s  0:09 left`,
    );
  });

  it('says nothing of time before it has begun, and does not run over', () => {
    expect(progressLine({ share: 0, done: 0 }, 'events', 0)).toBe(`[${'·'.repeat(30)}] 0 %  0 events  0/s`);
    expect(progressLine({ share: 1.2, done: 10 }, 'rows', 1)).toBe(
      `[${'#'.repeat(30)}] 100 %  10 rows  10/s  0:00 left`,
    );
    expect(progressLine({ share: 0.01, done: 1 }, 'rows', 61)).toMatch(/100:39 left$/);
  });
});
