import { describe, expect, it } from '@jest/globals';
import { CheckpointMoved, errorClass, isOfEvent, isTransient } from './errors.js';

const withCode = (code: string, more = {}) => Object.assign(new Error('of Kari'), { code, ...more });

describe('an error under a projection', () => {
  it.each(
    '08006 08P01 40001 40P01 55P03 25006 25P03 53100 53200 53300 57014 57P01 57P03 57P05 58030 ECONNRESET ETIMEDOUT EPIPE'.split(
      ' ',
    ),
  )('%s passes by itself: it is retried and parks nothing', (code) => {
    expect([isTransient(withCode(code)), isOfEvent(withCode(code))]).toEqual([true, false]);
  });

  it.each([
    'Query read timeout',
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client was closed and is not queryable',
  ])('pg’s “%s” passes by itself', (message) => {
    expect([isTransient(new Error(message)), isOfEvent(new Error(message))]).toEqual([true, false]);
  });

  it('a checkpoint that somebody else moved and a store that is away pass by themselves', () => {
    const away = Object.assign(new Error('x'), { name: 'StoreUnavailable' });
    for (const error of [new CheckpointMoved('x'), away, withCode('ENOENT', { syscall: 'connect' })])
      expect([isTransient(error), isOfEvent(error)]).toEqual([true, false]);
  });

  it.each('21000 22001 22P02 22021 23502 23505 23514 44000 54000 P0001'.split(' '))(
    '%s is of the values of an event: its stream is parked',
    (code) => {
      expect([isTransient(withCode(code)), isOfEvent(withCode(code))]).toEqual([false, true]);
    },
  );

  it('what a projection throws by itself is of the event', () => {
    for (const error of [new TypeError('x'), new RangeError('x'), new SyntaxError('x'), new Error('x'), 'x'])
      expect([isTransient(error), isOfEvent(error)]).toEqual([false, true]);
  });

  it.each('42P01 42703 42501 3F000 0A000 28000 XX000 XX001'.split(' '))(
    '%s is of the installation: it would meet every event, so it stops the projection',
    (code) => {
      expect([isTransient(withCode(code)), isOfEvent(withCode(code))]).toEqual([false, false]);
    },
  );

  it('is told by its class and code, never by its message', () => {
    expect(errorClass(withCode('23505'))).toBe('Error 23505');
    expect(errorClass(new RangeError('of Kari'))).toBe('RangeError');
  });
});
