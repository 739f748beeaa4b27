import { describe, expect, it } from '@jest/globals';
import { durationOption, roleOption, subjectOption } from './options.js';

describe('an option', () => {
  it.each([
    ['45s', 45],
    ['30m', 1800],
    ['8h', 28_800],
    ['2d', 172_800],
  ])('of time %s is %i seconds', (text, seconds) => {
    expect(durationOption(text)).toBe(seconds);
  });

  it.each(['', '8', 'h', '0h', '-1h', '1.5h', '8 h', '8w'])(
    'of time "%s" is refused with an example',
    (text) => {
      expect(() => durationOption(text)).toThrow(/Example: 8h/);
    },
  );

  it('names a role in any case', () => {
    expect(roleOption('Saksbehandler')).toBe('SAKSBEHANDLER');
    expect(() => roleOption('konge')).toThrow(/one of SAKSBEHANDLER/);
  });

  it('names a subject that is no identity number', () => {
    expect(subjectOption('0b0e7e6a-0000-4000-8000-000000000001')).toBe(
      '0b0e7e6a-0000-4000-8000-000000000001',
    );
    expect(() => subjectOption('01810012345')).toThrow(/identity number/);
    expect(() => subjectOption('Kari Nordmann')).toThrow(/without spaces/);
  });
});
