import { describe, expect, it } from '@jest/globals';
import type { CaseCommand } from '../child-case/commands.js';
import type { CaseEvent, CaseEventType } from '../child-case/events.js';
import {
  command,
  concluded,
  IDS,
  planned,
  prepared,
  received,
  running,
} from '../child-case/test/case.fixture.js';
import { play } from '../child-case/test/given.fixture.js';
import { addDays } from '../kernel/dates.js';
import { dossierQuestions, type KnownFact } from './dossier.js';

const TODAY = '2026-11-24';
const known = (events: readonly CaseEvent[]): readonly KnownFact[] =>
  events.map((event, index) => ({ eventId: `${index}-${event.type}`, event }));
const dossier = (events: readonly CaseEvent[], on = TODAY) => dossierQuestions(known(events), on);
const answers = (events: readonly CaseEvent[], on = TODAY) =>
  Object.fromEntries(dossier(events, on).map(({ id, answer }) => [id, answer]));
const question = (id: string, events: readonly CaseEvent[], on = TODAY) => {
  const found = dossier(events, on).find((q) => q.id === id);
  if (found === undefined) throw new Error('No such question');
  return found;
};
/** The event with other data, as a correction would leave it. */
const corrected = (events: readonly CaseEvent[], type: CaseEventType, data: object): readonly CaseEvent[] =>
  events.map((event) =>
    event.type === type ? ({ ...event, data: { ...event.data, ...data } } as unknown as CaseEvent) : event,
  );
const without = (events: readonly CaseEvent[], ...types: readonly CaseEventType[]): readonly CaseEvent[] =>
  events.filter(({ type }) => !types.includes(type));

const whole: readonly CaseCommand[] = [
  ...running(),
  command('RecordEvaluation'),
  command('RecordEvaluation', {
    evaluationId: IDS.finalEvaluation,
    evaluatedOn: '2026-07-07',
    kind: 'AVSLUTTENDE',
    period: { from: '2026-04-07', to: '2026-07-07' },
    nextDueOn: undefined,
  }),
  command('EndMeasure', { finalEvaluationId: IDS.finalEvaluation }),
];

describe('the dossier', () => {
  it('asks five questions in bokmål, and answers each of a good case with yes', () => {
    const questions = dossier(play(whole));
    expect(questions.map(({ question: asked, answer }) => `${asked} ${answer}`)).toEqual([
      'Ble barnet hørt? JA',
      'Ble lovens frister holdt? JA',
      'Forelå det samtykke? JA',
      'Gjorde tiltaket det det var ment for? JA',
      'Var vedtaket begrunnet? JA',
    ]);
  });

  it('rests each answer on entries of the case, in their order', () => {
    const facts = known(play(whole));
    const order = facts.map(({ eventId }) => eventId);
    for (const { evidence } of dossierQuestions(facts, TODAY)) {
      expect(evidence.length).toBeGreaterThan(0);
      expect(evidence).toEqual(order.filter((id) => evidence.includes(id)));
    }
  });

  it('says of an empty case, and of a new one, that it cannot be said yet', () => {
    const nothing = ['IKKE_AKTUELT', 'IKKE_AKTUELT', 'IKKE_AKTUELT', 'IKKE_AKTUELT', 'IKKE_AKTUELT'];
    expect(Object.values(answers([]))).toEqual(nothing);
    expect(Object.values(answers(play([received()]), '2026-01-06'))).toEqual(nothing);
  });
});

describe('was the child heard', () => {
  const heard = (events: readonly CaseEvent[]) => question('barnet-hort', events).answer;

  it('before some of what was decided, or before none of it', () => {
    const events = play(planned());
    expect(heard(events)).toBe('JA');
    expect(heard(without(events, 'PlanEstablished'))).toBe('JA');
    expect(
      heard(events.filter((e) => e.type !== 'ChildParticipationRecorded' || e.data.phase === 'PLAN')),
    ).toBe('DELVIS');
    expect(heard(without(events, 'ChildParticipationRecorded'))).toBe('NEI');
  });

  it('before, not after', () => {
    const events = corrected(play(concluded()), 'ChildParticipationRecorded', { heldOn: '2026-10-01' });
    expect(heard(events)).toBe('NEI');
  });

  it('not where it had no opportunity, but where it did not wish to', () => {
    const events = play(concluded());
    const none = (reason: string) =>
      corrected(events, 'ChildParticipationRecorded', { method: undefined, none: reason });
    expect(heard(none('NO_OPPORTUNITY'))).toBe('NEI');
    expect(heard(none('DID_NOT_WISH'))).toBe('JA');
  });

  it('and what it has said so far, while nothing is decided', () => {
    const { answer, evidence } = question('barnet-hort', play(prepared()));
    expect(answer).toBe('IKKE_AKTUELT');
    expect(evidence).toHaveLength(2);
  });
});

describe('was the time of the law kept', () => {
  const kept = (events: readonly CaseEvent[], on = TODAY) => question('fristene-holdt', events, on);

  it('not where review, conclusion or plan came late', () => {
    const events = play(planned());
    const late = corrected(events, 'ReferralAssessed', { assessedOn: '2026-02-01' });
    expect(kept(late)).toMatchObject({ answer: 'DELVIS' });
    expect(kept(late).explanation).toMatch(
      /^2 av 3 .*Gjennomgangen av meldingen kom \d+ dager etter fristen/,
    );
    expect(kept(corrected(events, 'InvestigationConcluded', { concludedOn: '2026-09-01' })).answer).toBe(
      'DELVIS',
    );
    expect(kept(corrected(events, 'PlanEstablished', { establishedOn: '2026-06-01' })).answer).toBe('DELVIS');
  });

  it('not where what is due has not been done, but it may still be done in time', () => {
    const events = play([received()]);
    expect(kept(events, '2026-06-01')).toMatchObject({ answer: 'NEI' });
    expect(kept(events, '2026-01-06').answer).toBe('IKKE_AKTUELT');
    expect(kept(play(concluded()), '2026-06-01').explanation).toMatch(/Tiltaksplanen mangler/);
  });

  it('by a plan within two weeks of the decision, which its continuation does not ask for again', () => {
    const events = play(concluded());
    const decidedOn = events.flatMap((e) => (e.type === 'MeasureDecided' ? [e.data.decidedOn] : []))[0] ?? '';
    expect(kept(events, addDays(decidedOn, 14)).answer).toBe('JA');
    expect(kept(events, addDays(decidedOn, 15)).answer).toBe('DELVIS');
    const again = corrected(
      events.filter(({ type }) => type === 'MeasureDecided'),
      'MeasureDecided',
      { decisionId: IDS.other, decidedOn: addDays(decidedOn, 100) },
    );
    expect(kept([...play(planned()), ...again]).explanation).toMatch(/^3 av 3 /);
  });

  it('where more time was granted', () => {
    const opened = play([received(), command('AssessReferral'), command('OpenInvestigation')]);
    const dueOn = opened.flatMap((e) => (e.type === 'InvestigationOpened' ? [e.data.dueOn] : []))[0] ?? '';
    const granted = play([command('ExtendInvestigation')], opened);
    const extension = granted.flatMap((e) =>
      e.type === 'InvestigationExtended' ? [e.data.newDueOn] : [],
    )[0];
    expect(extension !== undefined && extension > dueOn).toBe(true);
    expect(kept(opened, extension).answer).toBe('DELVIS');
    expect(kept(granted, extension).answer).toBe('JA');
  });
});

describe('was consent there', () => {
  const consent = (events: readonly CaseEvent[]) => question('samtykke', events);

  it('at the decision, at the start, and while the measure runs', () => {
    const events = play(running());
    expect(consent(events).answer).toBe('JA');
    const withdrawn = play([command('WithdrawConsent', { on: '2026-05-04' })], events);
    expect(consent(withdrawn)).toMatchObject({ answer: 'DELVIS' });
    expect(consent(withdrawn).explanation).toMatch(/^2 av 3 .*mens tiltaket varer/);
    expect(consent(withdrawn).evidence.some((id) => id.endsWith('ConsentWithdrawn'))).toBe(true);
  });

  it('and rests on what was withdrawn by then', () => {
    const events = play([command('WithdrawConsent', { on: '2026-05-04' })], play(running()));
    const before = question('samtykke', events, '2026-05-03');
    expect(before.answer).toBe('JA');
    expect(before.evidence.some((id) => id.endsWith('ConsentWithdrawn'))).toBe(false);
  });

  it('not where it is retracted', () => {
    expect(consent(without(play(running()), 'ConsentGiven')).answer).toBe('NEI');
  });

  it('is not asked of what needs none', () => {
    const ordered = corrected(play(concluded()), 'MeasureDecided', { decisionType: 'OPPHORT' });
    expect(consent(ordered).answer).toBe('IKKE_AKTUELT');
  });
});

describe('did the measure do what it was for', () => {
  const worked = (events: readonly CaseEvent[]) => question('virkning', events).answer;

  it('as it ended, else as the last evaluation says', () => {
    const ended = play(whole);
    expect(worked(corrected(ended, 'MeasureEnded', { reason: 'INGEN_EFFEKT' }))).toBe('NEI');
    const other = corrected(ended, 'MeasureEnded', { reason: 'PERIODE_UTLOPT' });
    expect(worked(corrected(other, 'EvaluationRecorded', { worksAsIntended: true }))).toBe('JA');
    expect(worked(corrected(other, 'EvaluationRecorded', { worksAsIntended: false }))).toBe('NEI');
    expect(worked(without(other, 'EvaluationRecorded'))).toBe('NEI');
  });

  it('by the evaluation of the latest day, whatever was recorded last', () => {
    const events = play([...running(), command('RecordEvaluation', { worksAsIntended: true })]);
    const earlier = corrected(
      events.filter(({ type }) => type === 'EvaluationRecorded'),
      'EvaluationRecorded',
      { evaluatedOn: '2026-03-20', worksAsIntended: false },
    );
    expect(worked([...events, ...earlier])).toBe('JA');
  });

  it('cannot be said of a measure that runs and is not evaluated', () => {
    const events = play(running());
    expect(worked(events)).toBe('IKKE_AKTUELT');
    expect(question('virkning', events).explanation).toMatch(/ikke evaluert/);
  });
});

describe('was the decision reasoned', () => {
  const reasoned = (events: readonly CaseEvent[]) => question('begrunnet', events);

  it('not where a text of §12-5 is missing, or the document', () => {
    const events = play(concluded());
    expect(reasoned(corrected(events, 'MeasureDecided', { bestInterests: ' ' }))).toMatchObject({
      answer: 'NEI',
    });
    expect(reasoned(corrected(events, 'MeasureDecided', { bestInterests: ' ' })).explanation).toMatch(
      /barnets beste/,
    );
    expect(reasoned(corrected(events, 'MeasureDecided', { whyThisMeasure: undefined })).answer).toBe('NEI');
    expect(reasoned(without(events, 'DocumentJournaled')).answer).toBe('NEI');
  });

  it('is asked of a henleggelse too', () => {
    const events = corrected(play(concluded()), 'InvestigationConcluded', { outcome: 'HENLAGT' });
    expect(reasoned(events)).toMatchObject({ answer: 'DELVIS' });
  });
});
