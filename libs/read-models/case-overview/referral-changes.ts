/** Referral, investigation, and who is in the case. */
import type { CaseEventOf, Settled } from '#forlop/domain';
import type { RowOperation } from '#forlop/projections';
import type { CaseChange, Changes } from './case-event.js';
import { onCase, openTask, settle, withEvent, withFacts } from './case-event.js';

type Outcome = NonNullable<CaseEventOf<'InvestigationConcluded'>['data']['outcome']>;

const AFTER_INVESTIGATION: Readonly<Record<Outcome, Settled>> = {
  HENLAGT: 'INVESTIGATION_DISMISSED',
  HENLAGT_MED_GJENAPNING: 'DISMISSED_REOPENABLE',
  VEDTAK_TILTAK: 'MEASURES_DECIDED',
  BEGJAERING: 'PETITIONED',
};

export const referralChanges = {
  ReferralReceived: (change) => {
    const { referralId, childRef, guardians = [] } = change.data;
    return [
      onCase(change, { settled: 'RECEIVED', person_id: childRef }),
      withEvent(change, 'referral', referralId),
      ...guardians.map((guardian) => withFacts(change, 'party', guardian.personRef, { ...guardian })),
    ];
  },
  ReferralAssessed: (change) => {
    const { referralId, conclusion } = change.data;
    return [
      settle(change, conclusion === 'DISMISSED' ? 'DISMISSED' : 'ASSESSED'),
      withEvent(change, 'referral', referralId, { conclusion }),
    ];
  },
  InvestigationOpened: (change) => {
    const { investigationId, referralIds = [], startedOn } = change.data;
    return [
      withEvent(change, 'investigation', investigationId, { startedOn }),
      ...referralIds.map((referralId) => withFacts(change, 'referral', referralId, { investigationId })),
    ];
  },
  InvestigationExtended: (change) => [withEvent(change, 'investigation', change.data.investigationId)],
  InvestigationConcluded: (change) => {
    const { investigationId, concludedOn, outcome } = change.data;
    return [
      ...(outcome === undefined ? [] : [settle(change, AFTER_INVESTIGATION[outcome])]),
      withEvent(change, 'investigation', investigationId, { concludedOn }),
      ...henleggelse(change),
    ];
  },
  ChildParticipationRecorded: (change) => [withEvent(change, 'participation', change.event.eventId)],
  PartyStatusAssessed: (change) => [withEvent(change, 'party', change.data.personRef)],
} satisfies Changes;

/** A henleggelse is itself the decision: its parties are notified as of any other. */
function henleggelse(change: CaseChange<'InvestigationConcluded'>): RowOperation[] {
  const { decisionId, outcome, concludedOn } = change.data;
  if (decisionId === undefined || (outcome !== 'HENLAGT' && outcome !== 'HENLAGT_MED_GJENAPNING')) return [];
  return [
    withEvent(change, 'decision', decisionId),
    ...openTask(change, { kind: 'NOTIFY_PARTIES', rule: '25', dueOn: concludedOn, subject: decisionId }),
  ];
}
