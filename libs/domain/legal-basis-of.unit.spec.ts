import { describe, expect, it } from '@jest/globals';
import { allEvents } from './event-catalogue.js';
import { MeasureDecided } from './child-case/events/decision.js';
import { MeasureStarted } from './child-case/events/follow-up.js';
import { ReferralReceived } from './child-case/events/referral.js';
import { legalBasisOf } from './legal-basis-of.js';

const cited = (...of: Parameters<typeof legalBasisOf>) =>
  legalBasisOf(...of).map(({ law, section, paragraph }) => [law, section, paragraph]);

describe('the legal basis of an event', () => {
  it('is the law of its kind', () => {
    expect(cited(ReferralReceived, {}, '2026-01-05')).toEqual([['BVL2021', '2-1', 1]]);
    expect(cited(MeasureDecided, { legalBasis: '3-1' }, '2026-03-02')).toEqual([
      ['BVL2021', '3-1', 1],
      ['BVL2021', '12-5', 1],
      ['FVL1967', '24', 1],
    ]);
  });

  it('is the § that a decision names, and a start after it', () => {
    expect(cited(MeasureDecided, { legalBasis: '4-1' }, '2026-03-02')).toEqual([
      ['BVL2021', '4-1', null],
      ['BVL2021', '12-5', 1],
      ['FVL1967', '24', 1],
    ]);
    expect(cited(MeasureStarted, { legalBasis: '4-1' }, '2026-03-02')[0]).toEqual(['BVL2021', '4-1', null]);
    expect(cited(MeasureStarted, {}, '2026-03-02')[0]).toEqual(['BVL2021', '3-1', 1]);
  });

  it('before 2023 is nothing of an act that was not in force', () => {
    expect(cited(ReferralReceived, {}, '2022-12-31')).toEqual([]);
    expect(cited(MeasureDecided, { legalBasis: '4-4' }, '2022-12-31')).toEqual([
      ['BVL1992', '4-4', null],
      ['FVL1967', '24', 1],
    ]);
  });

  it('is named by a field that the event has', () => {
    for (const { lawField, shape, law } of Object.values(allEvents)) {
      if (lawField === undefined) continue;
      expect(shape[lawField]?.kind).toBe('enum');
      expect(law[0]?.law).toBe('BVL2021');
    }
  });
});
