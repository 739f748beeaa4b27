import { describe, expect, it } from '@jest/globals';
import { UnknownEventVersion, upcastingOf, type Upcaster } from './upcasting.js';

const step = (type: string, from: number, to = from + 1): Upcaster => ({
  type,
  from,
  to,
  upcast: (data) => ({ ...data, [`v${to}`]: true }),
});
const versions = { Made: { schemaVersion: 3 }, Sold: { schemaVersion: 1 } };
const chain = [step('Made', 1), step('Made', 2)];

describe('a chain of upcasters', () => {
  it('leads from every version to the present one', () => {
    const { current, problems } = upcastingOf(versions, chain);
    expect(problems).toEqual([]);
    expect(current('Made', 1, { id: 1 })).toEqual({ id: 1, v2: true, v3: true });
    expect(current('Made', 2, { id: 1 })).toEqual({ id: 1, v3: true });
  });

  it('leaves the present version and unknown types as they are, and copies nothing', () => {
    const { current } = upcastingOf(versions, chain);
    const data = { id: 1 };
    expect(current('Made', 3, data)).toBe(data);
    expect(current('Unknown', 7, data)).toBe(data);
    expect(current('toString', 7, data)).toBe(data);
  });

  it.each([0, 4, 1.5])('refuses version %d, which it does not know', (version) => {
    const { current } = upcastingOf(versions, chain);
    expect(() => current('Made', version, {})).toThrow(UnknownEventVersion);
  });

  it.each<[string, readonly Upcaster[], readonly string[]]>([
    ['a gap', [step('Made', 2)], ['Made v1 → v2: the step is missing']],
    ['a cycle', [...chain, step('Made', 2, 1)], ['Made v2 → v1: there are two steps from that version']],
    [
      'a step back',
      [step('Made', 1), step('Made', 2, 1)],
      ['Made v2 → v1: it leads back, so the chain is a cycle', 'Made v2 → v3: the step is missing'],
    ],
    [
      'a step to itself',
      [...chain, step('Sold', 1, 1)],
      ['Sold v1 → v1: it leads back, so the chain is a cycle'],
    ],
    ['two of the same', [...chain, step('Made', 1)], ['Made v1 → v2: there are two steps from that version']],
    [
      'a leap',
      [step('Made', 1, 3), step('Made', 2)],
      ['Made v1 → v3: it leaves versions out', 'Made v1 → v2: the step is missing'],
    ],
    [
      'a step past the end',
      [...chain, step('Made', 3)],
      ['Made v3 → v4: the present version is 3, so the chain would not end there'],
    ],
    ['a step of no event', [...chain, step('Lost', 1)], ['Lost v1 → v2: no event Lost is defined']],
    ['a step from nothing', [...chain, step('Made', 0)], ['Made v0 → v1: versions are whole numbers from 1']],
  ])('with %s is told of', (_, upcasters, problems) => {
    expect(upcastingOf(versions, upcasters).problems).toEqual(problems);
  });

  it('that is broken refuses what it cannot read, and reads the rest', () => {
    const { current } = upcastingOf(versions, [step('Made', 2)]);
    expect(() => current('Made', 1, {})).toThrow(UnknownEventVersion);
    expect(current('Made', 2, {})).toEqual({ v3: true });
  });
});
