/** What a command to a case leads to: events, nothing, or a broken rule. */
import { assertNever } from '../kernel/decider.js';
import type { CaseCommand } from './commands.js';
import { concludeInvestigation } from './decide/conclusion.js';
import { recordConsent, recordConsentRefusal, withdrawConsent } from './decide/consent.js';
import { endMeasure } from './decide/end.js';
import { recordEvaluation } from './decide/evaluation.js';
import {
  assessPartyStatus,
  clarifyRoles,
  journalDocument,
  proposeMeasure,
  recordChildParticipation,
  summariseFindings,
} from './decide/groundwork.js';
import { extendInvestigation, openInvestigation } from './decide/investigation.js';
import { decideMeasure } from './decide/measure-decision.js';
import { notifyDecision } from './decide/notification.js';
import { acknowledgePlan, establishPlan, holdStartMeeting, revisePlan } from './decide/plan.js';
import { assessReferral, receiveReferral } from './decide/referral.js';
import { recordFollowUpStatus, startMeasure } from './decide/start.js';
import type { CaseEvent } from './events.js';
import type { CaseState } from './state.js';

/** `[]` when nothing changes. Throws `RuleBroken`. */
export function decide(command: CaseCommand, state: CaseState): readonly CaseEvent[] {
  switch (command.type) {
    case 'ReceiveReferral':
      return receiveReferral(command, state);
    case 'AssessReferral':
      return assessReferral(command, state);
    case 'OpenInvestigation':
      return openInvestigation(command, state);
    case 'ExtendInvestigation':
      return extendInvestigation(command, state);
    case 'ConcludeInvestigation':
      return concludeInvestigation(command, state);
    case 'RecordChildParticipation':
      return recordChildParticipation(command, state);
    case 'AssessPartyStatus':
      return assessPartyStatus(command, state);
    case 'SummariseFindings':
      return summariseFindings(command, state);
    case 'ProposeMeasure':
      return proposeMeasure(command, state);
    case 'ClarifyRoles':
      return clarifyRoles(command, state);
    case 'RecordConsent':
      return recordConsent(command, state);
    case 'RecordConsentRefusal':
      return recordConsentRefusal(command, state);
    case 'WithdrawConsent':
      return withdrawConsent(command, state);
    case 'DecideMeasure':
      return decideMeasure(command, state);
    case 'NotifyDecision':
      return notifyDecision(command, state);
    case 'EstablishPlan':
      return establishPlan(command, state);
    case 'RevisePlan':
      return revisePlan(command, state);
    case 'AcknowledgePlan':
      return acknowledgePlan(command, state);
    case 'HoldStartMeeting':
      return holdStartMeeting(command, state);
    case 'StartMeasure':
      return startMeasure(command, state);
    case 'RecordFollowUpStatus':
      return recordFollowUpStatus(command, state);
    case 'RecordEvaluation':
      return recordEvaluation(command, state);
    case 'EndMeasure':
      return endMeasure(command, state);
    case 'JournalDocument':
      return journalDocument(command, state);
    default:
      return assertNever(command);
  }
}
