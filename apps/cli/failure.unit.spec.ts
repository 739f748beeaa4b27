import { describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';
import { StoreUnavailable } from '#forlop/event-store';
import { configurationError } from '#forlop/platform';
import { KeyStoreUnavailable, KeyUnreadable, MasterKeyUnusable } from '#forlop/privacy';
import { CheckpointUnusable, HandoverTimedOut, ProjectionFailed } from '#forlop/projections';
import { failureOf } from './failure.js';

const SUBJECT = '3f0c9a52-7d1e-4b6f-8a21-2b7d4f0e9c11';

function databaseError(code: string): DatabaseError {
  const error = new DatabaseError('invalid: Kari Nordmann', 0, 'error');
  return Object.assign(error, { code, detail: 'Key (name)=(Kari Nordmann)', constraint: 'person_pkey' });
}

describe('a command that fails', () => {
  it.each([
    [
      new StoreUnavailable('append', databaseError('57P01')),
      69,
      /^The event store is not available \(append\)\. /,
    ],
    [new KeyStoreUnavailable(new Error('x')), 69, /^The key store cannot be reached\. /],
    [new HandoverTimedOut('case-overview', 10), 69, /^case-overview was not handed over within 10 ms\. /],
    [
      new ProjectionFailed('case-overview', 'pg:1', 'TypeError', databaseError('22P02')),
      1,
      /^case-overview stopped at pg:1: TypeError\. The rows that are read go on\. Mend the cause, then build it again\.$/,
    ],
    [
      new CheckpointUnusable('case-overview', 'other-store'),
      78,
      /^case-overview does not run: .* store\. Connect .*: forlop projections rebuild case-overview$/,
    ],
    [new KeyUnreadable(SUBJECT), 78, /does not open with this master key: .*\? Set FORLOP_MASTER_KEY_FILE/],
    [new MasterKeyUnusable('/k', 'it is not a file', 'Put it back.'), 78, /^Master key file \/k: .*back\.$/],
    [configurationError('PORT is x. Example: PORT=3000'), 78, /^PORT is x\. Example: PORT=3000$/],
    [new QueryFailedError('x', [], databaseError('57P01')), 69, /^A database .* \(57P01\)\. Try again\.$/],
  ])('with %s says one clear sentence', (error, exitCode, message) => {
    const failure = failureOf(error);
    expect(failure).toEqual({ exitCode, message: expect.stringMatching(message) });
    expect(failure.message).not.toMatch(/Kari|\n/);
  });

  it.each([
    ['a database error', databaseError('23505'), /^DatabaseError 23505 person_pkey$/m],
    [
      'one of TypeORM',
      new QueryFailedError('x', ['Kari'], databaseError('23505')),
      /^QueryFailedError 23505/,
    ],
    [
      'one that caused another',
      new Error('stopped', { cause: databaseError('22P02') }),
      /^caused by DatabaseError 22P02/m,
    ],
    ['an identity number', new Error('no 01810012345'), /^Error: no 99999999999$/m],
    ['what is no error', 'Kari Nordmann', /^string$/],
  ])('unexpectedly, with %s, quotes no values', (_what, error, message) => {
    const failure = failureOf(error);
    expect(failure).toEqual({ exitCode: 1, message: expect.stringMatching(message) });
    expect(failure.message).not.toMatch(/Kari|01810012345/);
  });
});
