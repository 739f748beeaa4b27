/** Entries of an invented case, given as type and data, and what the deadlines of it come to. */
import type { CaseFact } from '../../child-case/corrections/events.js';
import { effectiveEntries } from '../../child-case/corrections/effective.js';
import { fold } from '../../kernel/decider.js';
import { deadlines, type DeadlineState, type FollowDeadlines } from '../deadline.js';
import type { DeadlineEvent } from '../events.js';
import { caseDeadlines } from '../of-case.js';
import type { StandingDeadline } from '../standing.js';

/** Ids are words here: nothing in the domain reads more out of one. */
export interface Entry {
  readonly eventId: string;
  readonly event: CaseFact;
}

export const entry = (eventId: string, type: string, data: object): Entry => ({
  eventId,
  event: { type, data, flags: [] } as unknown as CaseFact,
});

export const received = (over: object = {}): Entry =>
  entry('received', 'ReferralReceived', {
    referralId: 'referral',
    kind: 'BEKYMRINGSMELDING',
    receivedAt: '2026-02-02T09:00:00+01:00',
    reporters: [{ code: '5', isPublic: true }],
    childRef: 'child',
    childBirth: { date: '2014-05-01' },
    contents: [],
    concernId: 'concern',
    stayMunicipality: '3403',
    reviewDueOn: '2026-02-09',
    receiptDueOn: '2026-02-23',
    ...over,
  });
export const assessed = (assessedOn: string, over: object = {}): Entry =>
  entry('assessed', 'ReferralAssessed', {
    referralId: 'referral',
    assessedOn,
    conclusion: 'INVESTIGATE',
    deadlineBreached: false,
    ...over,
  });
export const opened = entry('opened', 'InvestigationOpened', {
  investigationId: 'investigation',
  referralIds: ['referral'],
  startedOn: '2026-02-05',
  dueOn: '2026-05-09',
});
export const extended = (over: object = {}): Entry =>
  entry('extended', 'InvestigationExtended', {
    investigationId: 'investigation',
    extendedOn: '2026-05-01',
    granted: '1',
    newDueOn: '2026-08-09',
    ...over,
  });
export const concluded = (concludedOn: string, over: object = {}): Entry =>
  entry('concluded', 'InvestigationConcluded', {
    investigationId: 'investigation',
    concludedOn,
    outcome: 'VEDTAK_TILTAK',
    decisionId: 'decision',
    deadlineBreached: false,
    ...over,
  });
export const decided = (over: object = {}): Entry =>
  entry('decided', 'MeasureDecided', {
    decisionId: 'decision',
    decidedOn: '2026-03-02',
    decisionType: 'NYTT',
    planDueOn: '2026-03-02',
    measures: [{ measureId: 'measure', provider: { type: 'KOMMUNE' } }],
    ...over,
  });
export const notified = (reachedOn: string | undefined, eventId = 'notified'): Entry =>
  entry(eventId, 'DecisionNotified', {
    decisionId: 'decision',
    notifiedOn: '2026-03-03',
    recipients: [
      { personRef: 'mother', capacity: 'PART', sentOn: '2026-03-03', ...(reachedOn && { reachedOn }) },
    ],
  });
export const planned = (establishedOn: string): Entry =>
  entry('planned', 'PlanEstablished', {
    planId: 'plan',
    establishedOn,
    planType: '1',
    measures: [{ measureId: 'measure' }],
    firstEvaluationOn: '2026-04-20',
    version: 1,
  });
export const started = (startedOn: string): Entry =>
  entry('started', 'MeasureStarted', {
    measureId: 'measure',
    startedOn,
    provider: { type: 'KOMMUNE' },
  });
export const status = (on: string, over: object = { measureId: 'measure' }): Entry =>
  entry(`status ${on}`, 'FollowUpStatusRecorded', { on, ...over });
export const evaluated = (evaluatedOn: string, nextDueOn?: string): Entry =>
  entry(`evaluated ${evaluatedOn}`, 'EvaluationRecorded', {
    evaluationId: `evaluation ${evaluatedOn}`,
    planId: 'plan',
    evaluatedOn,
    ...(nextDueOn && { nextDueOn }),
  });
export const ended = (endedOn: string): Entry =>
  entry('ended', 'MeasureEnded', { measureId: 'measure', endedOn });
export const corrected = (
  targetEventId: string,
  targetType: string,
  newValues: object,
  eventId = 'correction',
): Entry =>
  entry(eventId, 'EntryCorrected', {
    targetEventId,
    targetType,
    newValues,
    reason: null,
    effectiveOn: '2026-01-01',
    on: '2026-03-01',
  });
export const retracted = (targetEventId: string, targetType: string, eventId = 'retraction'): Entry =>
  entry(eventId, 'EntryRetracted', {
    targetEventId,
    targetType,
    reason: null,
    effectiveOn: '2026-01-01',
    on: '2026-03-01',
  });

export const standing = (...entries: Entry[]): StandingDeadline[] => caseDeadlines(effectiveEntries(entries));

/** Of one rule. */
export const standingOf = (rule: string, ...entries: Entry[]): StandingDeadline[] =>
  standing(...entries).filter((deadline) => deadline.rule === rule);

/** At which entries the watch looks, and on which day. */
export type Look = readonly [entries: readonly Entry[], today: string];

/** What the watch is asked on a day. */
export const following = (entries: readonly Entry[], today: string): FollowDeadlines => ({
  type: 'FollowDeadlines',
  standing: standing(...entries).map((deadline) => ({
    ...deadline,
    deadlineId: `${deadline.slot} of ${deadline.subject}`,
  })),
  today,
  municipality: '3403',
});

/** The facts of each look in turn: at these entries, on that day. */
export function looks(...each: readonly Look[]): {
  readonly facts: readonly (readonly DeadlineEvent[])[];
  readonly state: DeadlineState;
} {
  let state = deadlines.initialState;
  const facts = each.map(([entries, today]) => {
    const news = deadlines.decide(following(entries, today), state);
    state = fold(deadlines, news, state);
    return news;
  });
  return { facts, state };
}

/** A fact in short. */
export const told = ({ type, data }: DeadlineEvent): string =>
  `${type} ${data.rule} ${data.on}${'daysLate' in data ? ` +${data.daysLate}` : ''}`;
