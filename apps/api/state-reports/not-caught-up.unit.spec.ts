import { describe, expect, it } from '@jest/globals';
import { ReportNotCaughtUp } from '#forlop/read-models';
import { problemOf } from '../edge/problem.js';

describe('a report whose read model is being built', () => {
  it('is asked for again in a while', () => {
    const { problem, headers } = problemOf(new ReportNotCaughtUp('not there yet'), 'x');
    expect(problem).toMatchObject({ status: 503, kode: 'not-caught-up' });
    expect(problem.detail).toMatch(/^Tallene bygges/);
    expect(headers).toHaveProperty('retry-after');
  });
});
