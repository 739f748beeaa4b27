import type {
  AccessRequestCommandType,
  StateReportCommandType,
  StateReportKey,
  SupervisionCommandType,
} from '#forlop/domain';
import { handleCaseCommand } from './case-command.js';
import type { CaseCommandType } from './case-command.js';
import { InFlight } from './in-flight.js';
import { commandIdOf } from './ids.js';
import { handleInnsynCommand } from './innsyn/command.js';
import { correctPerson, registerPerson, searchPerson } from './person-command.js';
import type { CorrectionBody, FoundPerson, Identifier, NewPerson, PersonAccepted } from './person-command.js';
import { receiveReferral } from './referral.js';
import type { ReferralAccepted, ReferralBody } from './referral.js';
import type { Accepted, Caller, CommandRequest } from './request.js';
import { handleStateReportCommand } from './state-report/command.js';
import type { CountFigures } from './state-report/figures.js';
import type { CommandDeps } from './stream.js';
import { handleSupervisionCommand } from './supervision/command.js';
import { commanding } from './telemetry.js';

/**
 * The way of a command: load, decide, seal, append, answer. The same Idempotency-Key is handled by one request at a
 * time. Every method throws `RuleBroken`, `NotFound`, `IdempotencyKeyReused`, `StaleRevision`, `ConcurrentChange`, and
 * what the store and the key store throw when they are away; then nothing was stored.
 */
export class CommandHandling {
  private readonly inFlight = new InFlight();

  constructor(private readonly deps: CommandDeps) {}

  /** A command to an existing case; `body` is checked and holds the ids of the path. */
  execute(
    type: CaseCommandType,
    caseId: string,
    body: Record<string, unknown>,
    request: CommandRequest,
  ): Promise<Accepted> {
    return this.once(type, request, () => handleCaseCommand(this.deps, type, caseId, body, request));
  }

  /** A command to a request for access; `requestId` is absent for the one that makes it. */
  innsyn(
    type: AccessRequestCommandType,
    requestId: string | undefined,
    body: Record<string, unknown>,
    request: CommandRequest,
  ): Promise<Accepted> {
    return this.once(type, request, () => handleInnsynCommand(this.deps, type, requestId, body, request));
  }

  /** A command to a supervision, by a caller of municipality `0000`; `supervisionId` is absent for the one that opens it. */
  supervise(
    type: Exclude<SupervisionCommandType, 'RecordReplay'>,
    supervisionId: string | undefined,
    body: Record<string, unknown>,
    request: CommandRequest,
  ): Promise<Accepted> {
    return this.once(type, request, () =>
      handleSupervisionCommand(this.deps, type, supervisionId, body, request),
    );
  }

  /** A command to a municipality's report of a year; `count` takes its figures when one is generated. */
  stateReport(
    type: StateReportCommandType,
    key: StateReportKey,
    body: Record<string, unknown>,
    request: CommandRequest,
    count: CountFigures,
  ): Promise<Accepted> {
    return this.once(type, request, () =>
      handleStateReportCommand(this.deps, type, key, body, request, count),
    );
  }

  receiveReferral(body: ReferralBody, request: CommandRequest): Promise<ReferralAccepted> {
    return this.once('ReceiveReferral', request, () => receiveReferral(this.deps, body, request));
  }

  registerPerson(body: NewPerson, request: CommandRequest): Promise<PersonAccepted> {
    return this.once('RegisterPerson', request, () => registerPerson(this.deps, body, request));
  }

  correctPerson(body: CorrectionBody, request: CommandRequest): Promise<PersonAccepted> {
    return this.once('CorrectPerson', request, () => correctPerson(this.deps, body, request));
  }

  /** A read: the caller records it in the access log. */
  searchPerson(identifier: Identifier, caller: Caller): Promise<readonly FoundPerson[]> {
    return searchPerson(this.deps, identifier, caller);
  }

  private once<T extends Pick<Accepted, 'events'>>(
    type: string,
    { caller, idempotencyKey, correlationId }: CommandRequest,
    work: () => Promise<T>,
  ): Promise<T> {
    const commandId = commandIdOf({ municipality: caller.municipality, idempotencyKey });
    return commanding({ type, commandId, correlationId }, () => this.inFlight.run(commandId, work));
  }
}
