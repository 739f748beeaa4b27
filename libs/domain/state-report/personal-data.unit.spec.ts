import { describe, expect, it } from '@jest/globals';
import { holdsPersonalData, personalDataOf } from './personal-data.js';

const known = personalDataOf([
  { first: 'Synne', middle: 'Prøve', last: 'Testdatter', identifier: '13891450006' },
  { first: 'Anne-Lise', last: 'Å' },
  { first: 'torvald', last: 'brekkemo' },
  { first: 'KÅRE', last: 'de la Prøvesen', identifier: '201500123456' },
]);

describe('personal data in a text', () => {
  it.each([
    'Saken om Synne viser dette.',
    'Familien Testdatter fikk hjelp.',
    'Synnes plan ble evaluert.',
    'SYNNE TESTDATTER',
    'Lise og andre.',
    'Møtet med Anne-Lise ble holdt.',
    'Kåre deltok.',
    'Familien Brekkemo fikk hjelp.',
    'Familien Test\u00addatter fikk hjelp.',
    'Familien \uff34estdatter fikk hjelp.',
    'Saken 6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01 er omtalt.',
    'Nummeret er 138914 50006.',
    'Nummeret er 01010112345.',
    'DUF 2015 0012 3456',
  ])('is found: %s', (text) => {
    expect(holdsPersonalData(text, known)).toBe(true);
  });

  it.each([
    'Vi prøver nye arbeidsmåter og lager en plan.',
    'Barnevernstjenesten fikk 12 345 678 kroner i 2026.',
    'Synnerlig godt samarbeid med skolen.',
    'Organisasjonsnummer 999 999 999.',
    'Å evaluere planer er viktig.',
    '',
  ])('is not found: %s', (text) => {
    expect(holdsPersonalData(text, known)).toBe(false);
  });

  it('is found without knowing anybody when it is an identity number', () => {
    const nobody = personalDataOf([]);
    expect(holdsPersonalData('Se 13891450006.', nobody)).toBe(true);
    expect(holdsPersonalData('Se Synne.', nobody)).toBe(false);
  });
});
