import { describe, expect, it } from '@jest/globals';
import { ForeignPosition } from './errors.js';
import { comparePositions, formatPosition, isPosition, sequenceOf } from './positions.js';

describe('positions', () => {
  it('have a fixed width, so that string order is their order', () => {
    expect(formatPosition('pg', 9)).toBe('pg:00000000000000000009');
    expect(formatPosition('pg', '18446744073709551615')).toBe('pg:18446744073709551615');
    expect(formatPosition('pg', 9) < formatPosition('pg', 10n)).toBe(true);
  });

  it('give their number back, and 0 for the start', () => {
    expect(sequenceOf('pg', formatPosition('pg', 2n ** 60n))).toBe(2n ** 60n);
    expect(sequenceOf('pg', null)).toBe(0n);
  });

  it('compare within one kind of store', () => {
    expect(comparePositions(formatPosition('pg', 1), formatPosition('pg', 2))).toBeLessThan(0);
    expect(comparePositions(formatPosition('pg', 2), formatPosition('pg', 1))).toBeGreaterThan(0);
    expect(comparePositions(formatPosition('pg', 2), formatPosition('pg', 2))).toBe(0);
  });

  it('refuse to be compared with another kind or with nonsense', () => {
    const position = formatPosition('pg', 1);
    for (const other of [formatPosition('mem', 1), '', 'pg:1', `${position}:${'0'.repeat(20)}`]) {
      expect(() => comparePositions(position, other)).toThrow(ForeignPosition);
      expect(() => sequenceOf('pg', other)).toThrow(ForeignPosition);
    }
  });

  it('are recognised by their form', () => {
    expect(isPosition('pg:00000000000000000001')).toBe(true);
    expect(isPosition('esdb:00000000000000000001:00000000000000000001')).toBe(true);
    for (const text of ['pg:1', 'pg:0000000000000000000x', ' pg:00000000000000000001', '1', '']) {
      expect(isPosition(text)).toBe(false);
    }
  });
});
