import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isDatabaseAway } from './away.js';

const withCode = (code: string, more = {}) => Object.assign(new Error('x'), { code, ...more });
const ofTypeOrm = (error: Error) => new QueryFailedError('select 1', [], error);

describe('a database', () => {
  it.each(
    '08006 53100 53300 57014 57P01 57P02 57P03 57P04 57P05 58000 58030 25006 55P03 ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'.split(
      ' ',
    ),
  )('is away when a statement or a connection fails with %s, also inside of TypeORM', (code) => {
    expect(isDatabaseAway(withCode(code))).toBe(true);
    expect(isDatabaseAway(ofTypeOrm(withCode(code)))).toBe(true);
  });

  it.each([
    'Query read timeout',
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client was closed and is not queryable',
  ])('is away when pg says “%s” and gives no code', (message) => {
    expect(isDatabaseAway(ofTypeOrm(new Error(message)))).toBe(true);
  });

  it.each(['23505', '22P02', '42501', '40001', '0A000', 'ERR_INVALID_ARG_TYPE', 'ENOENT'])(
    'is not away when something fails with %s',
    (code) => {
      expect(isDatabaseAway(withCode(code))).toBe(false);
    },
  );

  it('is away when its socket does not exist, or one of several addresses does not answer', () => {
    expect(isDatabaseAway(withCode('ENOENT', { syscall: 'connect' }))).toBe(true);
    const tried = new AggregateError([withCode('ECONNREFUSED')]);
    expect(isDatabaseAway(new Error('wrapped', { cause: tried }))).toBe(true);
  });

  it('is not away because of what is no error, or an error that is its own cause', () => {
    const round: Error = new Error('round');
    round.cause = round;
    for (const one of [undefined, null, 'ECONNREFUSED', new TypeError('x is no function'), round]) {
      expect(isDatabaseAway(one)).toBe(false);
    }
  });
});
