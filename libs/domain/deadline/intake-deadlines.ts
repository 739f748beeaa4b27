/** D1–D6 and D14: the referral, its reporter, and the investigation. */
import { osloDate, type LocalDate } from '../kernel/dates.js';
import {
  dutyDeadline,
  outcomeDeadline,
  preliminaryAnswerDeadline,
  reopeningDeadline,
  type Deadline,
} from '../law/deadlines.js';
import { metBy, type DeadlineKind, type StandingDeadline } from './standing.js';
import { saidIn, type CaseThing, type Said } from './things.js';

/** D1: the review of a referral. */
export function reviewOf(referral: CaseThing): StandingDeadline[] {
  const [received] = saidIn(referral, 'ReferralReceived');
  const [assessed] = saidIn(referral, 'ReferralAssessed');
  if (received === undefined) return [];
  return [
    metBy(
      fromReferral(referral, received, dutyDeadline('D1', received.data.reviewDueOn), 'duty'),
      assessed && { eventId: assessed.eventId, on: assessed.data.assessedOn },
    ),
  ];
}

/**
 * D2: a reporter who is known is told that the melding came. It may be left out when the melding is manifestly unfounded (bvl
 * §13-3 first paragraph), and so falls away with such a review.
 */
export function receiptOf(referral: CaseThing): StandingDeadline[] {
  const [received] = saidIn(referral, 'ReferralReceived');
  const [assessed] = saidIn(referral, 'ReferralAssessed');
  if (received === undefined || received.data.kind !== 'BEKYMRINGSMELDING') return [];
  const isKnown = received.data.reporters.some(({ anonymous }) => anonymous !== true);
  if (!isKnown || assessed?.data.manifestlyUnfounded === true) return [];
  return [fromReferral(referral, received, dutyDeadline('D2', received.data.receiptDueOn), 'unobserved')];
}

/** D14: an application is an inquiry in a matter of enkeltvedtak (fvl §11 a third paragraph). */
export function preliminaryAnswerOf(referral: CaseThing): StandingDeadline[] {
  const [received] = saidIn(referral, 'ReferralReceived');
  if (received === undefined || received.data.kind !== 'SOKNAD_FRA_FAMILIE') return [];
  const deadline = preliminaryAnswerDeadline(osloDate(received.data.receivedAt));
  return [fromReferral(referral, received, deadline, 'unobserved')];
}

const fromReferral = (
  { key }: CaseThing,
  { eventId, data }: Said<'ReferralReceived'>,
  deadline: Deadline,
  kind: DeadlineKind,
): StandingDeadline => ({
  ...deadline,
  kind,
  slot: deadline.rule,
  subject: key,
  triggerEventId: eventId,
  triggeredOn: osloDate(data.receivedAt),
});

/** D4, or D5 once more time was granted: one deadline, extended. */
export function conclusionOf(investigation: CaseThing): StandingDeadline[] {
  const [opened] = saidIn(investigation, 'InvestigationOpened');
  const [concluded] = saidIn(investigation, 'InvestigationConcluded');
  if (opened === undefined) return [];
  const granted = saidIn(investigation, 'InvestigationExtended').findLast(
    ({ data }) => String(data.granted) === '1',
  );
  const own = { kind: 'duty' as const, slot: 'D4', subject: investigation.key };
  const ordinary = {
    ...counts(dutyDeadline('D4', opened.data.dueOn), opened.eventId, opened.data.startedOn),
    ...own,
  };
  const deadline =
    granted?.data.newDueOn === undefined
      ? ordinary
      : {
          ...counts(dutyDeadline('D5', granted.data.newDueOn), granted.eventId, granted.data.extendedOn),
          ...own,
          extendedFrom: ordinary,
        };
  return [metBy(deadline, concluded && { eventId: concluded.eventId, on: concluded.data.concludedOn })];
}

const counts = (deadline: Deadline, triggerEventId: string, triggeredOn: LocalDate) => ({
  ...deadline,
  triggerEventId,
  triggeredOn,
});

/**
 * D3: public and professional reporters are told, after the investigation, whether the child is followed up: those whose referral
 * opened it, and those whose referral came into it.
 */
export function outcomeOf(investigation: CaseThing, referrals: readonly CaseThing[]): StandingDeadline[] {
  const [opened] = saidIn(investigation, 'InvestigationOpened');
  const [concluded] = saidIn(investigation, 'InvestigationConcluded');
  if (opened === undefined || concluded === undefined) return [];
  const itsOwn = opened.data.referralIds ?? [];
  const cameIn = (referral: CaseThing): boolean =>
    saidIn(referral, 'ReferralAssessed').some(
      ({ data: { conclusion, assessedOn } }) =>
        conclusion === 'IN_ONGOING_INVESTIGATION' &&
        opened.data.startedOn <= assessedOn &&
        assessedOn <= concluded.data.concludedOn,
    );
  return referrals
    .filter((referral) => itsOwn.includes(referral.key) || cameIn(referral))
    .filter(isFromPublicReporter)
    .map(({ key }) => ({
      ...counts(outcomeDeadline(concluded.data.concludedOn), concluded.eventId, concluded.data.concludedOn),
      kind: 'unobserved',
      slot: 'D3',
      subject: key,
    }));
}

const isFromPublicReporter = (referral: CaseThing): boolean =>
  saidIn(referral, 'ReferralReceived').some(
    ({ data }) =>
      data.kind === 'BEKYMRINGSMELDING' &&
      data.reporters.some(({ isPublic, anonymous }) => isPublic === true && anonymous !== true),
  );

/** D6: until when a new investigation may be opened after a henleggelse that allowed for it. */
export function reopeningOf(investigation: CaseThing): StandingDeadline[] {
  const [concluded] = saidIn(investigation, 'InvestigationConcluded');
  if (concluded?.data.outcome !== 'HENLAGT_MED_GJENAPNING') return [];
  const { concludedOn, reopenUntil } = concluded.data;
  const deadline =
    reopenUntil === undefined ? reopeningDeadline(concludedOn) : dutyDeadline('D6', reopenUntil);
  return [
    {
      ...counts(deadline, concluded.eventId, concludedOn),
      kind: 'limit',
      slot: 'D6',
      subject: investigation.key,
    },
  ];
}
