/** What a decision rests on. */
import { assertNever } from '../../kernel/decider.js';
import type { CaseEvent, CaseEventOf } from '../events.js';
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
    case 'ChildParticipationRecorded':
      return { ...state, participations: [...state.participations, participationOf(event)] };
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

/** Events that only add to a list of the case which no other event looks at while it is folded. */
type Addition = CaseEventOf<'ChildParticipationRecorded' | 'DocumentJournaled'>;

export const isAddition = (event: CaseEvent): event is Addition =>
  event.type === 'ChildParticipationRecorded' || event.type === 'DocumentJournaled';

/** As `evolveGroundwork` for one after the other, with each list copied once. */
export function evolveAdditions(state: OpenCase, events: readonly Addition[]): OpenCase {
  const participations = [...state.participations];
  const documentIds: string[] = [];
  for (const event of events) {
    if (event.type === 'DocumentJournaled') documentIds.push(event.data.documentId);
    else participations.push(participationOf(event));
  }
  const ids = documentIds.length === 0 ? state.ids : take(state, 'document', ...documentIds);
  return { ...state, ids, participations };
}

const participationOf = ({ data: { phase, heldOn } }: CaseEventOf<'ChildParticipationRecorded'>) => ({
  phase,
  heldOn,
});

function partyStatusAssessed(state: OpenCase, { data }: CaseEventOf<'PartyStatusAssessed'>): OpenCase {
  const { personRef, role, isParty, assessedOn, hasParentalResponsibility, understandsCase } = data;
  const optional = present({ hasParentalResponsibility, understandsCase });
  const status = { personRef, role, isParty, assessedOn, ...optional };
  return { ...state, partyStatuses: [...state.partyStatuses, status] };
}
