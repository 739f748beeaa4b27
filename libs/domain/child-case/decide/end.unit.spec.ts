import { describe, expect, it } from '@jest/globals';
import { fold } from '../../kernel/decider.js';
import { childCase } from '../child-case.js';
import { caseStatus } from '../status.js';
import { command, decided, IDS, planned, prepared, received, running } from '../test/case.fixture.js';
import { given, play } from '../test/given.fixture.js';

const end = (changes = {}) => command('EndMeasure', changes);
const evaluated = () => [...running(), command('RecordEvaluation')];
const type = 'MeasureEnded';
const ends = (changes = {}, measure = {}) =>
  decided(measure, {
    decisionId: IDS.endDecision,
    decisionType: 'OPPHORT',
    decidedOn: '2026-08-30',
    consentIds: undefined,
    ...changes,
  });

describe('the end of a measure', () => {
  it('that reached its goal rests on an evaluation and a dialogue', () => {
    given(evaluated()).when(end()).then({ type, flags: [] });
  });

  it('comes once (40)', () => {
    given([...evaluated(), end()])
      .when(end())
      .thenBroken({ slug: 'measure-already-ended', rule: '40' });
  });

  it('lies between the start and today (40)', () => {
    given(evaluated())
      .when(end({ endedOn: '2026-03-02' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/endedOn'] });
    given(evaluated())
      .when(end({ endedOn: '2026-03-03' }))
      .then({ type });
    given(evaluated())
      .when(end({ endedOn: '2026-11-25' }))
      .thenBroken({ slug: 'date-in-future', felt: ['/endedOn'] });
  });

  it('lets a measure lapse that never started, and starts it no more', () => {
    const lapsed = [...planned(), end({ reason: 'SAMTYKKE_TRUKKET' })];
    expect(caseStatus(fold(childCase, play(lapsed)))).toBe('MEASURES_ENDED');
    given(lapsed)
      .when(command('StartMeasure', { startedOn: '2026-09-01' }))
      .thenBroken({ slug: 'measure-already-ended', rule: '40' });
    given(prepared()).when(end()).thenBroken({ slug: 'no-decision', rule: '33' });
    given(planned())
      .when(end({ endedOn: '2026-02-26' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/endedOn'] });
  });

  it('for MAL_NADD or INGEN_EFFEKT without a final evaluation is flagged (41)', () => {
    const flags = [{ rule: '41', slug: 'final-evaluation-missing' }];
    for (const reason of ['MAL_NADD', 'INGEN_EFFEKT']) {
      given(evaluated())
        .when(end({ reason, finalEvaluationId: undefined }))
        .then({ type, flags });
      given(evaluated())
        .when(end({ reason, finalEvaluationId: IDS.other }))
        .then({ type, flags });
    }
    given(evaluated())
      .when(end({ reason: 'PERIODE_UTLOPT', finalEvaluationId: undefined }))
      .then({ type, flags: [] });
  });

  it('without dialogue is flagged (41)', () => {
    given(evaluated())
      .when(end({ dialogueWith: undefined }))
      .then({ type, flags: [{ rule: '41', slug: 'no-dialogue' }] });
    given(evaluated())
      .when(end({ reason: 'DODSFALL', dialogueWith: undefined, finalEvaluationId: undefined }))
      .then({ type, flags: [] });
  });

  it('for another reason says which', () => {
    given(evaluated())
      .when(end({ reason: 'ANNET' }))
      .thenBroken({ slug: 'specification-missing', rule: '22', felt: ['/specification'] });
    given(evaluated())
      .when(end({ reason: 'ANNET', specification: 'Familien ønsker pause' }))
      .then({ type });
  });

  it('against a party’s wish is a decision (42)', () => {
    const broken = { slug: 'decision-required', rule: '42', felt: ['/decisionId'] } as const;
    const against = { againstWishOf: [IDS.mother] };
    given(evaluated()).when(end(against)).thenBroken(broken);
    given(evaluated())
      .when(end({ ...against, decisionId: IDS.other }))
      .thenBroken(broken);
    given(evaluated())
      .when(end({ ...against, decisionId: IDS.decision }))
      .thenBroken(broken);
    given([...evaluated(), ends()])
      .when(end({ ...against, decisionId: IDS.endDecision }))
      .then({ type, flags: [] });
  });

  it('against a party’s wish is a decision on that measure, or one that replaces it (42)', () => {
    const opposed = end({ againstWishOf: [IDS.mother], decisionId: IDS.endDecision });
    const replaced = decided(
      { measureId: IDS.other },
      { decisionId: IDS.endDecision, decisionType: 'ERSTATTET', consentIds: [IDS.another] },
    );
    const consent = command('RecordConsent', { consentId: IDS.another, subjectIds: [IDS.other] });
    given([...evaluated(), consent, replaced])
      .when(opposed)
      .then({ type });
    const second = decided({ measureId: IDS.other }, { decisionId: IDS.third, consentIds: [IDS.another] });
    given([...evaluated(), consent, second, ends({}, { measureId: IDS.other })])
      .when(opposed)
      .thenBroken({ slug: 'decision-required', rule: '42' });
  });

  it('that needs no decision may name any: nothing asks for it (42)', () => {
    for (const decisionId of [IDS.decision, IDS.other]) {
      given(evaluated()).when(end({ decisionId })).then({ type, flags: [] });
    }
  });

  it('does not come before the decision to end it (42)', () => {
    given([...evaluated(), ends({ decidedOn: '2026-09-01' })])
      .when(end({ againstWishOf: [IDS.mother], decisionId: IDS.endDecision }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/endedOn'] });
  });

  it('is always a decision from 18 on, but for death and the 25th birthday (42)', () => {
    const of = (birth: string) => [
      ...evaluated(),
      received({
        concernId: IDS.other,
        referralId: IDS.another,
        receivedAt: '2026-08-01T10:00:00+02:00',
        childBirth: { date: birth },
      }),
    ];
    given(of('2008-08-31')).when(end()).thenBroken({ slug: 'decision-required', rule: '42' });
    given(of('2008-09-01')).when(end()).then({ type });
    given(of('2008-08-31'))
      .when(end({ reason: 'DODSFALL' }))
      .then({ type });
    given(of('2001-08-31'))
      .when(end({ reason: 'FYLT_25' }))
      .then({ type });
  });
});
