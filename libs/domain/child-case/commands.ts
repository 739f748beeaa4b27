/** Every command to a child's case, in the order of its life. */
import type { Command } from '../kernel/decider.js';
import { RecordConsent, RecordConsentRefusal, WithdrawConsent } from './commands/consent.js';
import { DecideMeasure, NotifyDecision } from './commands/decision.js';
import { EndMeasure, RecordEvaluation, RecordFollowUpStatus, StartMeasure } from './commands/follow-up.js';
import {
  AssessPartyStatus,
  ClarifyRoles,
  ProposeMeasure,
  RecordChildParticipation,
  SummariseFindings,
} from './commands/groundwork.js';
import { ConcludeInvestigation, ExtendInvestigation, OpenInvestigation } from './commands/investigation.js';
import { JournalDocument } from './commands/journal.js';
import { AcknowledgePlan, EstablishPlan, HoldStartMeeting, RevisePlan } from './commands/plan.js';
import { AssessReferral, ReceiveReferral } from './commands/referral.js';

export { referralBody, referralExample, refineReferral } from './commands/referral.js';

export const caseCommands = {
  ReceiveReferral,
  AssessReferral,
  OpenInvestigation,
  ExtendInvestigation,
  ConcludeInvestigation,
  RecordChildParticipation,
  AssessPartyStatus,
  SummariseFindings,
  ProposeMeasure,
  ClarifyRoles,
  RecordConsent,
  RecordConsentRefusal,
  WithdrawConsent,
  DecideMeasure,
  NotifyDecision,
  EstablishPlan,
  RevisePlan,
  AcknowledgePlan,
  HoldStartMeeting,
  StartMeasure,
  RecordFollowUpStatus,
  RecordEvaluation,
  EndMeasure,
  JournalDocument,
} as const;

export type CaseCommandType = keyof typeof caseCommands;
/** The command of a type, as `decide` takes it. */
export type CaseCommandOf<T extends CaseCommandType> = Command<(typeof caseCommands)[T]>;
export type CaseCommand = { [T in CaseCommandType]: CaseCommandOf<T> }[CaseCommandType];
