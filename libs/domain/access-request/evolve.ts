/** The request after one more event. */
import { assertNever } from '../kernel/decider.js';
import { osloDate } from '../kernel/dates.js';
import { accessDeadline } from '../law/deadlines.js';
import type { AccessRequestEvent, AccessRequestEventOf } from './events.js';
import { groundOf, groundsOf } from './provisions.js';
import type { ById } from '../child-case/state.js';
import type { AccessRequestState, Assessment, InnsynDecision, OpenRequest } from './state.js';

export function evolve(state: AccessRequestState, event: AccessRequestEvent): AccessRequestState {
  if (event.type === 'InnsynRequested') return requested(event);
  if (state.situation === 'none') throw new TypeError(`A request for access cannot begin with ${event.type}`);
  switch (event.type) {
    case 'InnsynDocumentAssessed':
      return assessed(state, event);
    case 'InnsynDecided':
      return decided(state, event);
    case 'InnsynDelivered':
      return { ...state, decisions: withDelivery(state.decisions, event.data.deliveredOn) };
    case 'RepresentativeDisclosureMade':
      return disclosed(state, event);
    default:
      return assertNever(event);
  }
}

function requested({ data }: AccessRequestEventOf<'InnsynRequested'>): OpenRequest {
  const receivedOn = osloDate(data.receivedAt);
  return {
    situation: 'requested',
    requestId: data.requestId,
    caseIds: data.caseIds,
    requester: data.requester,
    basis: data.basis,
    receivedOn,
    deadline: accessDeadline(receivedOn),
    assessments: {},
    decisions: [],
    disclosed: {},
  };
}

function assessed(state: OpenRequest, { data }: AccessRequestEventOf<'InnsynDocumentAssessed'>): OpenRequest {
  const exemption = groundOf(data.exemption ?? {});
  const assessment: Assessment = {
    caseId: data.caseId,
    assessedOn: data.assessedOn,
    result: data.result,
    ...(exemption === undefined ? {} : { exemption }),
    redactions: data.redactions ?? [],
    ...(data.investigationId === undefined ? {} : { investigationId: data.investigationId }),
    corrections: data.corrections ?? [],
    decided: false,
    recorded: data,
  };
  return { ...state, assessments: { ...state.assessments, [data.documentId]: assessment } };
}

function decided(state: OpenRequest, { data }: AccessRequestEventOf<'InnsynDecided'>): OpenRequest {
  const decision: InnsynDecision = {
    decidedOn: data.decidedOn,
    outcome: data.outcome,
    refusalBasis: groundsOf(data.refusalBasis ?? []),
    ...(data.complaintDueOn === undefined ? {} : { complaintDueOn: data.complaintDueOn }),
  };
  const assessments: ById<Assessment> = Object.fromEntries(
    Object.entries(state.assessments).map(([id, assessment]) => [id, { ...assessment, decided: true }]),
  );
  return { ...state, assessments, decisions: [...state.decisions, decision] };
}

const withDelivery = (decisions: readonly InnsynDecision[], deliveredOn: string): readonly InnsynDecision[] =>
  decisions.map((decision, index) =>
    index === decisions.length - 1 ? { ...decision, deliveredOn } : decision,
  );

function disclosed(
  state: OpenRequest,
  { data }: AccessRequestEventOf<'RepresentativeDisclosureMade'>,
): OpenRequest {
  const before = state.disclosed[data.representativeRef] ?? [];
  const known = [...new Set([...before, ...data.documentIds])];
  return { ...state, disclosed: { ...state.disclosed, [data.representativeRef]: known } };
}
