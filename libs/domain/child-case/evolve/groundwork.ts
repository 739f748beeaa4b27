/** What a decision rests on. */
import { assertNever } from '../../kernel/decider.js';
import type { CaseEventOf } from '../events.js';
import type { OpenCase } from '../state.js';
import { present, put, take } from './change.js';

type GroundworkEvent = CaseEventOf<
  | 'ChildParticipationRecorded'
  | 'PartyStatusAssessed'
  | 'FindingsSummarised'
  | 'MeasureProposed'
  | 'RolesClarified'
  | 'DocumentJournaled'
>;

export function evolveGroundwork(state: OpenCase, event: GroundworkEvent): OpenCase {
  switch (event.type) {
    case 'ChildParticipationRecorded': {
      const { phase, heldOn } = event.data;
      return { ...state, participations: [...state.participations, { phase, heldOn }] };
    }
    case 'PartyStatusAssessed':
      return partyStatusAssessed(state, event);
    case 'MeasureProposed': {
      const { measureId } = event.data;
      return {
        ...state,
        ids: take(state, 'measure', measureId),
        measures: put(state.measures, measureId, { situation: 'proposed' }),
      };
    }
    case 'DocumentJournaled':
      return { ...state, ids: take(state, 'document', event.data.documentId) };
    // No rule of the case asks for these.
    case 'FindingsSummarised':
    case 'RolesClarified':
      return state;
    default:
      return assertNever(event);
  }
}

function partyStatusAssessed(state: OpenCase, { data }: CaseEventOf<'PartyStatusAssessed'>): OpenCase {
  const { personRef, role, isParty, assessedOn, hasParentalResponsibility, understandsCase } = data;
  const optional = present({ hasParentalResponsibility, understandsCase });
  const status = { personRef, role, isParty, assessedOn, ...optional };
  return { ...state, partyStatuses: [...state.partyStatuses, status] };
}
