import { describe, expect, it } from '@jest/globals';
import { table, wrapped } from './table.js';

describe('a table', () => {
  it('makes its columns as wide as what stands in them', () => {
    const lines = table(
      [{ head: 'Dato' }, { head: 'Hva', most: 9 }, { head: 'Svar', align: 'right' }],
      [
        ['02.03.26', 'Barnet høres om valget', '201'],
        ['3.', 'Vedtak', '4'],
      ],
    );
    expect(lines).toEqual([
      'Dato      Hva        Svar',
      '────────  ─────────  ────',
      '02.03.26  Barnet h…   201',
      '3.        Vedtak        4',
    ]);
  });

  it('ends no line in spaces', () => {
    expect(table([{ head: 'A' }, { head: 'Lang' }], [['x', '']])).toEqual(['A  Lang', '─  ────', 'x']);
  });
});

describe('a wrapped text', () => {
  it('breaks between words and holds the width', () => {
    expect(wrapped('ett to tre fire', 7)).toEqual(['ett to', 'tre', 'fire']);
  });
});
