// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** Every fact of a child's case (barnevernssak), in the order of its life. */
import type { EventOf } from '../kernel/definition.js';
import { ConsentGiven, ConsentRefused, ConsentWithdrawn } from './events/consent.js';
import { DecisionNotified, MeasureDecided } from './events/decision.js';
import {
  EvaluationRecorded,
  FollowUpStatusRecorded,
  MeasureEnded,
  MeasureStarted,
} from './events/follow-up.js';
import {
  ChildParticipationRecorded,
  FindingsSummarised,
  MeasureProposed,
  PartyStatusAssessed,
  RolesClarified,
} from './events/groundwork.js';
import {
  InvestigationConcluded,
  InvestigationExtended,
  InvestigationOpened,
} from './events/investigation.js';
import { DocumentJournaled } from './events/journal.js';
import { PlanAcknowledged, PlanEstablished, PlanRevised, StartMeetingHeld } from './events/plan.js';
import { ReferralAssessed, ReferralReceived } from './events/referral.js';

export const caseEvents = {
  ReferralReceived,
  ReferralAssessed,
  InvestigationOpened,
  InvestigationExtended,
  InvestigationConcluded,
  ChildParticipationRecorded,
  PartyStatusAssessed,
  FindingsSummarised,
  MeasureProposed,
  RolesClarified,
  ConsentGiven,
  ConsentRefused,
  ConsentWithdrawn,
  MeasureDecided,
  DecisionNotified,
  PlanEstablished,
  PlanRevised,
  PlanAcknowledged,
  StartMeetingHeld,
  MeasureStarted,
  FollowUpStatusRecorded,
  EvaluationRecorded,
  MeasureEnded,
  DocumentJournaled,
} as const;

export type CaseEventType = keyof typeof caseEvents;
export type CaseEvent = { [T in CaseEventType]: EventOf<(typeof caseEvents)[T]> }[CaseEventType];
/** The event of a type. */
export type CaseEventOf<T extends CaseEventType> = EventOf<(typeof caseEvents)[T]>;
