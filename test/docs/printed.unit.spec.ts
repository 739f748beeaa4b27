import { describe, expect, it } from '@jest/globals';
import { differencesFrom, fits } from './printed.js';

const answer = { kode: 'not-found', instance: 'urn:uuid:1', feil: [{ felt: '/a' }, { felt: '/b' }] };

describe('a printed answer', () => {
  it('is true when it is the answer', () => {
    expect(differencesFrom(structuredClone(answer), answer)).toEqual([]);
  });

  it('may leave out what it says that it leaves out', () => {
    const printed = { instance: 'urn:uuid:…', feil: [{ felt: '/a' }, '…'], '…': '…' };
    expect(differencesFrom(printed, answer)).toEqual([]);
  });

  it.each([
    ['another value', { ...answer, kode: 'forbidden' }, '/kode'],
    ['a member that is not answered', { ...answer, regel: '03' }, '/regel'],
    ['a member that is not answered, whatever its value', { ...answer, regel: '…' }, '/regel'],
    ['fewer members without saying so', { kode: 'not-found', feil: answer.feil }, '/instance'],
    ['fewer items without saying so', { ...answer, feil: [{ felt: '/a' }] }, '/feil'],
    ['an item that is another', { ...answer, feil: [{ felt: '/a' }, { felt: '/c' }] }, '/feil/1/felt'],
    ['a pattern that does not fit', { ...answer, instance: 'urn:oid:…' }, '/instance'],
    ['a list where there is none', { ...answer, kode: ['not-found'] }, '/kode'],
    ['an object where there is none', { ...answer, kode: {} }, '/kode'],
  ])('is untrue when it holds %s', (_, printed, at) => {
    const found = differencesFrom(printed, answer);
    expect(found.map((difference) => difference.split(':')[0])).toEqual([at]);
  });

  it('takes no more than its pattern for a text', () => {
    expect([fits('pg:…', 'pg:1'), fits('pg:…', 'pg:'), fits('a.c', 'abc')]).toEqual([true, false, false]);
  });
});
