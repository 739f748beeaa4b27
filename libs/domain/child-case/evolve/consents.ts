/** Consent given, refused, withdrawn. */
import { assertNever } from '../../kernel/decider.js';
import type { CaseEventOf } from '../events.js';
import type { OpenCase } from '../state.js';
import { put, take } from './change.js';

type ConsentEvent = CaseEventOf<'ConsentGiven' | 'ConsentRefused' | 'ConsentWithdrawn'>;

export function evolveConsents(state: OpenCase, event: ConsentEvent): OpenCase {
  switch (event.type) {
    case 'ConsentGiven':
      return given(state, event);
    case 'ConsentRefused': {
      const { subjectIds, by, on } = event.data;
      return { ...state, refusals: [...state.refusals, { subjectIds, by, on }] };
    }
    case 'ConsentWithdrawn': {
      const { consentId, on } = event.data;
      const consent = state.consents[consentId];
      if (consent === undefined) return state;
      return { ...state, consents: put(state.consents, consentId, { ...consent, withdrawnOn: on }) };
    }
    default:
      return assertNever(event);
  }
}

function given(state: OpenCase, { data }: CaseEventOf<'ConsentGiven'>): OpenCase {
  const { consentId, kind, subjectIds, givenBy, capacity, givenOn, validFrom, validTo } = data;
  const consent = { kind, subjectIds, givenBy, capacity, givenOn, validFrom };
  return {
    ...state,
    ids: take(state, 'consent', consentId),
    consents: put(state.consents, consentId, validTo === undefined ? consent : { ...consent, validTo }),
  };
}
