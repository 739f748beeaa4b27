import {
  accessRequest,
  accessRequestCommands,
  accessRequestStream,
  assertForSelf,
  isKnownTo,
  osloDate,
  PROTECTIONS,
} from '#forlop/domain';
import type {
  AccessRequestCommand,
  AccessRequestCommandOf,
  AccessRequestCommandType,
  OpenRequest,
} from '#forlop/domain';
import { continuing } from '../case-command.js';
import type { DomainEvent } from '../codec.js';
import { NotFound } from '../errors.js';
import { handle } from '../handle.js';
import type { Data } from '../handle.js';
import type { Belonging } from '../occasion.js';
import { contextOf } from '../permission.js';
import { ownerOf } from '../owner.js';
import { isOpenTo } from '../register.js';
import type { Accepted, Caller, CommandRequest } from '../request.js';
import { load } from '../stream.js';
import type { Admission, CommandDeps } from '../stream.js';
import { documentFacts, documentsToAssess, knownIn, outdatedIn, requesterAge } from './facts.js';
import type { CaseFile } from './cases.js';
import { filesOf, loadRequest, packageOf } from './request-file.js';
import type { LoadedRequest } from './request-file.js';

/**
 * A command to a request for access. `body` is checked and holds the id of the path; `requestId` is absent for the command
 * that makes the request.
 */
export const handleInnsynCommand = (
  deps: CommandDeps,
  type: AccessRequestCommandType,
  requestId: string | undefined,
  body: Data,
  request: CommandRequest,
): Promise<Accepted> =>
  handle<LoadedRequest>(
    deps,
    {
      definition: accessRequestCommands[type],
      ids: requestId === undefined ? {} : { requestId },
      load: (data) =>
        requestId === undefined
          ? loadNew(deps, data, request.caller)
          : loadOwn(deps, requestId, request.caller),
      decide: (data, loaded) => decided(deps, type, data, loaded, request),
      belonging: belongingOf,
    },
    body,
    request,
  );

/** A new request of cases that are each open to the caller; an unknown case and another's are the same `NotFound`. */
async function loadNew(deps: CommandDeps, data: Data, caller: Caller): Promise<LoadedRequest> {
  const asked = data as unknown as AccessRequestCommandOf<'RequestInnsyn'>['data'];
  assertForSelf(asked, caller.actor);
  const loaded = await load(deps, accessRequest, accessRequestStream(asked.requestId), openTo(caller));
  const cases = await filesOf(deps, asked.caseIds, { admit: (caseId) => openTo(caller, [caseId]) });
  for (const file of cases) admitParty(file, caller);
  return { ...loaded, cases };
}

/** That a case exists is confidential: towards a party whom it does not know, it does not. */
function admitParty({ caseId, owner, state }: CaseFile, { actor }: Caller): void {
  if (actor.role !== 'PART' || (state.situation !== 'none' && isKnownTo(state, actor.subjectId))) return;
  throw new NotFound(owner, [caseId]);
}

const loadOwn = (deps: CommandDeps, requestId: string, caller: Caller): Promise<LoadedRequest> =>
  loadRequest(deps, requestId, openTo(caller));

const openTo =
  (caller: Caller, caseIds: readonly string[] = []): Admission =>
  (first) => {
    const owner = ownerOf(first);
    if (!isOpenTo(caller, owner)) throw new NotFound(owner, caseIds);
  };

async function decided(
  deps: CommandDeps,
  type: AccessRequestCommandType,
  data: Data,
  loaded: LoadedRequest,
  request: CommandRequest,
): Promise<readonly DomainEvent[]> {
  const facts = await factsFor(deps, type, data, loaded);
  const command = { type, data: { ...data, ...facts }, context: contextOf(request) };
  return accessRequest.decide(command as unknown as AccessRequestCommand, loaded.state);
}

/** The computed fields of a command: what the service knows, and no client says. */
async function factsFor(
  deps: CommandDeps,
  type: AccessRequestCommandType,
  data: Data,
  { cases, state }: LoadedRequest,
): Promise<Data> {
  switch (type) {
    case 'RequestInnsyn': {
      const { requester, receivedAt } = data as unknown as AccessRequestCommandOf<'RequestInnsyn'>['data'];
      return { known: knownIn(cases, requester.personRef, osloDate(receivedAt)) };
    }
    case 'AssessInnsynDocument': {
      const { documentId, assessedOn: on } =
        data as unknown as AccessRequestCommandOf<'AssessInnsynDocument'>['data'];
      const age = state.situation === 'none' ? undefined : await requesterAge(deps, cases, state, { on });
      return { document: documentFacts(cases, documentId, on), requesterAge: age };
    }
    case 'DecideInnsyn':
      return {
        proposed: documentsToAssess(cases),
        outdated: state.situation === 'none' ? [] : outdatedIn(cases, state),
      };
    case 'DeliverInnsyn':
      return isDecided(state) ? { packageHash: (await packageOf(deps, state.requestId)).packageHash } : {};
    case 'DiscloseToRepresentative':
      return {};
  }
}

const isDecided = (state: LoadedRequest['state']): state is OpenRequest =>
  state.situation === 'requested' && state.decisions.length > 0;

/** The request is the first case's, its texts are sealed under that child's key, and the strictest protection holds. */
function belongingOf({ events, cases }: LoadedRequest): Belonging {
  const [first] = cases;
  if (first === undefined) throw new NotFound();
  const { owner, subject } = continuing(first);
  const protections = cases.map((file) => PROTECTIONS.indexOf(continuing(file).protection));
  return {
    owner: events[0] ? ownerOf(events[0].envelope) : owner,
    subject,
    protection: PROTECTIONS[Math.max(...protections)] ?? 'UGRADERT',
  };
}
