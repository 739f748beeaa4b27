import { describe, expect, it } from '@jest/globals';
import { BENCH_NAMES, parseOptions, WrongUsage } from './options.js';

describe('what the benches are asked', () => {
  it('is one bench by its name, with what was asked besides', () => {
    const options = parseOptions(['append', '--json', '--quick', '--check']);
    expect(options).toEqual({ names: ['append'], json: true, quick: true, check: true, writeDocs: false });
  });

  it('is all of them without a name', () => {
    expect(parseOptions([]).names).toEqual(BENCH_NAMES);
  });

  it.each([['fly'], ['append', 'http'], ['--slow']])('is refused with the list of names: %s', (...args) => {
    expect(() => parseOptions(args)).toThrow(WrongUsage);
    expect(() => parseOptions(args)).toThrow(
      /append load-decide-append read-all project http history report start/,
    );
  });
});
