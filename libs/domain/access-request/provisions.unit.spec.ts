import { describe, expect, it } from '@jest/globals';
import {
  citation,
  groundOf,
  isForRepresentative,
  isTemporary,
  provisionFaults,
  stored,
  type CitedProvision,
} from './provisions.js';

const bvl = (section: string, paragraph?: number, letter?: string): CitedProvision => ({
  law: 'BVL2021',
  section,
  ...(paragraph === undefined ? {} : { paragraph }),
  ...(letter === undefined ? {} : { letter }),
});
const fvl = (section: string, paragraph?: number, letter?: string): CitedProvision => ({
  ...bvl(section, paragraph, letter),
  law: 'FVL1967',
});
const faults = (cited: CitedProvision | undefined) =>
  provisionFaults(cited, '/exemption').map(({ felt }) => felt);

describe('a ground for refusing access', () => {
  it.each([
    bvl('12-6', 2),
    bvl('12-6', 3),
    bvl('13-1', 1),
    fvl('18', 1),
    fvl('18 a', 1),
    fvl('18a', 1),
    fvl('18 b', 3),
    fvl('19', 1, 'a'),
    fvl('19', 1, 'd'),
    fvl('19', 2, 'b'),
  ])('%#. is cited with its ledd, and its letter where it has letters: %j', (cited) => {
    expect(faults(cited)).toEqual([]);
  });

  it.each<[CitedProvision | undefined, string]>([
    [undefined, '/exemption'],
    [{}, '/exemption/law'],
    [{ law: 'FVL1967' }, '/exemption/section'],
    [bvl('12-6'), '/exemption/paragraph'],
    [bvl('12-6', 1), '/exemption/paragraph'],
    [bvl('12-6', 2, 'a'), '/exemption/letter'],
    [fvl('18', 1, 'a'), '/exemption/letter'],
    [fvl('18 a', 2), '/exemption/paragraph'],
    [fvl('18 b', 1, 'b'), '/exemption/letter'],
    [fvl('19', 1), '/exemption/letter'],
    [fvl('19', 1, 'e'), '/exemption/letter'],
    [fvl('19', 2, 'c'), '/exemption/letter'],
    [fvl('19', 3), '/exemption/paragraph'],
    [fvl('18 d', 1), '/exemption/section'],
    [bvl('3-1', 1), '/exemption/section'],
    [{ law: 'KOMML2018', section: '19', paragraph: 2, letter: 'b' }, '/exemption/section'],
  ])('%#. is none, or not cited as fvl §21 asks: %j', (cited, felt) => {
    expect(faults(cited)).toEqual([felt]);
  });

  it('has one spelling, and reads as a letter to the party cites it', () => {
    expect(stored(fvl('18a', 1))).toEqual(fvl('18 a', 1));
    expect(
      [fvl('18a', 1), fvl('19', 1, 'd'), bvl('12-6', 2)].map((g) => citation(groundOf(g) ?? never())),
    ).toEqual([
      'forvaltningsloven § 18 a første ledd',
      'forvaltningsloven § 19 første ledd bokstav d',
      'barnevernsloven § 12-6 andre ledd',
    ]);
    expect(groundOf({ law: 'FVL1967' })).toBeUndefined();
  });

  it('lasts as an investigation does, or lets a representative know, or neither', () => {
    const grounds = [
      bvl('12-6', 2),
      bvl('12-6', 3),
      fvl('19', 1, 'd'),
      fvl('19', 1, 'a'),
      fvl('18', 1),
      fvl('19', 2, 'a'),
    ];
    expect(grounds.map(isTemporary)).toEqual([false, true, false, false, false, false]);
    expect(grounds.map(isForRepresentative)).toEqual([true, false, true, false, false, false]);
  });
});

const never = (): never => {
  throw new Error('No ground');
};
