import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isCorrection } from './corrections/events.js';
import type { CaseEvent } from './events.js';
import { evolve, evolveAll } from './evolve.js';
import { noCase, type CaseState, type OpenCase } from './state.js';
import { IDS, command, running } from './test/case.fixture.js';
import { entriesOf } from './test/entries.fixture.js';

const commands = [...running(), command('JournalDocument', { documentId: IDS.other })];
const history = entriesOf(...commands).flatMap(({ event }): CaseEvent[] =>
  isCorrection(event) ? [] : [event],
);
const whole = history.reduce<CaseState>(evolve, noCase) as OpenCase;

describe('several events folded at once', () => {
  it('lead to the same case as one after the other', () => {
    const later = fc.array(fc.constantFrom(...history.slice(1)), { maxLength: 12 });
    fc.assert(
      fc.property(later, (events) => {
        expect(evolveAll(whole, events)).toEqual(events.reduce<CaseState>(evolve, whole));
      }),
    );
  });

  it('that are none leave it as it is', () => {
    expect(evolveAll(whole, [])).toEqual(whole);
  });
});
