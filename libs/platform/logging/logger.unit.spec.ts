import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { createLogger } from './logger.js';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

describe('the log', () => {
  it('is JSON with level and time as words', () => {
    const line = JSON.parse(
      logged((log) => log.info({ route: '/api/v1/cases/:caseId' }, 'answered')),
    ) as object;
    expect(line).toMatchObject({ level: 'info', msg: 'answered', route: '/api/v1/cases/:caseId' });
    expect(line).toHaveProperty('time', expect.stringMatching(/^\d{4}-\d\d-\d\dT/));
  });

  it('holds no token, URL or body, wherever a caller puts them', () => {
    const secrets = { authorization: 'Bearer x', url: '/cases/1', body: { a: 1 }, token: 'x', password: 'x' };
    expect(JSON.parse(logged((log) => log.info({ ...secrets, headers: secrets }, 'm')))).toEqual(
      expect.objectContaining({ headers: {} }),
    );
  });

  it.each([
    ['a message', (log: ReturnType<typeof createLogger>) => log.info('about 01810012345')],
    ['a field', (log: ReturnType<typeof createLogger>) => log.info({ deep: { er: '018100 12345' } }, 'm')],
    ['a number', (log: ReturnType<typeof createLogger>) => log.info({ number: 21810012345 }, 'm')],
    [
      'an error',
      (log: ReturnType<typeof createLogger>) => log.error({ err: new Error('no 01810012345') }, 'm'),
    ],
  ])('holds no identity number in %s, and stays JSON', (_where, write) => {
    const line = logged(write);
    expect(line).not.toMatch(/01810012345|018100 12345|21810012345/);
    expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('keeps the class of an error that a caller names as a text', () => {
    const line = logged((log) => log.warn({ error: 'StoreUnavailable 08006' }, 'projection retries'));
    expect(JSON.parse(line)).toMatchObject({ error: 'StoreUnavailable 08006' });
  });

  it('leaves positions, ids and times alone', () => {
    const fields = {
      position: 'pg:00000000000000000042',
      id: 'b7a4a0a6-0b8e-4f7e-9a55-012345678901',
      at: 1772445600000,
    };
    expect(JSON.parse(logged((log) => log.info(fields, 'm')))).toMatchObject(fields);
  });

  it('says of a database error its code and constraint, never the values of the row', () => {
    const driverError = Object.assign(new Error('duplicate key: Kari Nordmann'), {
      code: '23505',
      detail: 'Key (name)=(Kari Nordmann) already exists.',
      constraint: 'person_pkey',
    });
    const line = logged((log) =>
      log.error({ err: new QueryFailedError('insert', ['Kari Nordmann'], driverError) }, 'm'),
    );
    expect(line).not.toContain('Kari');
    expect(JSON.parse(line)).toMatchObject({ err: { sqlState: '23505', constraint: 'person_pkey' } });
  });

  it.each([
    ['a database error that caused another', { code: '22P02' }, { type: 'Error', sqlState: '22P02' }],
    ['a text that is no JSON', { name: 'SyntaxError' }, { type: 'SyntaxError' }],
  ])('says of %s nothing that it quotes', (_what, members, told) => {
    const cause = Object.assign(new Error('invalid input: Kari Nordmann'), members);
    const line = logged((log) => log.error({ err: new Error('the batch stopped', { cause }) }, 'm'));
    expect(line).not.toContain('Kari');
    expect(JSON.parse(line)).toMatchObject({ err: { message: 'the batch stopped', cause: told } });
  });
});
