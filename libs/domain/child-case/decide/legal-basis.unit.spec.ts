import { describe, it } from '@jest/globals';
import { command, decided, IDS, prepared } from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const decide = (changes = {}) => command('DecideMeasure', changes);

describe('the legal basis', () => {
  it('of a measure is that of the decision (36b)', () => {
    given(prepared())
      .when(decided({ legalBasis: '3-1' }))
      .then({ type: 'MeasureDecided' });
    given(prepared())
      .when(decided({ legalBasis: '4-1' }))
      .thenBroken({
        slug: 'legal-basis-mismatch',
        rule: '36b',
        felt: ['/measures/0/legalBasis'],
      });
    for (const legalBasis of ['3-2', '3-3', '3-6']) {
      given(prepared())
        .when(decided({ legalBasis }))
        .thenBroken({ slug: 'legal-basis-mismatch', rule: '36b' });
    }
  });

  it('is the act of the date, and a § that the measure can rest on (36b)', () => {
    const broken = { slug: 'legal-basis-mismatch', rule: '36b' } as const;
    given(prepared())
      .when(decide({ legalBasis: '4-4' }))
      .thenBroken(broken);
    given(prepared())
      .when(decide({ decisionType: 'AKUTT_4_1' }))
      .thenBroken(broken);
    given(prepared())
      .when(decided({ catalogueCode: 'fosterhjem', ssbCategory: '2.1' }))
      .thenBroken({ ...broken, felt: ['/measures/0/catalogueCode'] });
  });

  it('of an order is the tribunal’s alone (27)', () => {
    const broken = { slug: 'coercion-without-tribunal', rule: '27' } as const;
    for (const legalBasis of ['3-4', '3-5', '3-7', '3-8']) {
      given(prepared()).when(decide({ legalBasis })).thenBroken(broken);
      given(prepared()).when(decided({ legalBasis })).thenBroken(broken);
    }
    given(prepared())
      .when(decided({ voluntary: false }))
      .thenBroken(broken);
    given(prepared())
      .when(decided({ voluntary: false }, { tribunalDecisionId: IDS.other, consentIds: undefined }))
      .thenBroken(broken);
    given(prepared())
      .when(decide({ decisionType: 'PALAGT_GJENNOMFORING' }))
      .thenBroken(broken);
    given(prepared())
      .when(decided({ catalogueCode: 'tilsyn-palagt', ssbCategory: '5.2' }))
      .thenBroken(broken);
  });

  it('of placements and aftercare comes later', () => {
    const broken = { slug: 'not-yet-supported' } as const;
    for (const legalBasis of ['3-2', '3-3', '3-6']) {
      given(prepared()).when(decide({ legalBasis })).thenBroken(broken);
    }
    given(prepared())
      .when(decide({ decisionType: 'ETTERVERN' }))
      .thenBroken(broken);
  });
});
