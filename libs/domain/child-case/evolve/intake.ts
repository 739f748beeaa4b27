/** Referrals and investigations. */
import { assertNever } from '../../kernel/decider.js';
import { epochMs, isLocalDate, osloDate } from '../../kernel/dates.js';
import type { CaseEventOf } from '../events.js';
import { isDismissal } from '../fields.js';
import {
  isReviewed,
  type Birth,
  type ById,
  type CaseState,
  type Guardian,
  type OpenCase,
  type Referral,
  type Settled,
} from '../state.js';
import { put, take } from './change.js';

/** The first referral opens the case; those that follow join it. */
export function evolveReferral(state: CaseState, { data }: CaseEventOf<'ReferralReceived'>): OpenCase {
  const receivedOn = osloDate(data.receivedAt);
  const before = state.situation === 'open' ? state : opened(data, receivedOn);
  const isLatest = epochMs(data.receivedAt) >= epochMs(before.stay.asOf);
  return {
    ...before,
    birth: birthOf(data.childBirth),
    startedOn: receivedOn < before.startedOn ? receivedOn : before.startedOn,
    stay: isLatest ? { municipality: data.stayMunicipality, asOf: data.receivedAt } : before.stay,
    ids: { ...before.ids, [data.concernId]: 'concern', [data.referralId]: 'referral' },
    referrals: put(before.referrals, data.referralId, { situation: 'received', receivedOn }),
    guardians: withGuardians(before, data),
    settled: 'RECEIVED',
  };
}

/** The case of a referral's child, before anything is known of what came. */
export const openedBy = ({ data }: CaseEventOf<'ReferralReceived'>): OpenCase => ({
  ...opened(data, osloDate(data.receivedAt)),
  birth: birthOf(data.childBirth),
});

const opened = (data: CaseEventOf<'ReferralReceived'>['data'], receivedOn: string): OpenCase => ({
  situation: 'open',
  childRef: data.childRef,
  birth: {},
  startedOn: receivedOn,
  stay: { municipality: data.stayMunicipality, asOf: data.receivedAt },
  ids: {},
  referrals: {},
  investigations: {},
  participations: [],
  guardians: {},
  partyStatuses: [],
  consents: {},
  refusals: [],
  decisions: {},
  measures: {},
  plans: {},
  evaluations: {},
  settled: 'RECEIVED',
});

/** What a later referral says of a person takes the place of what an earlier one said. */
function withGuardians(
  { guardians }: OpenCase,
  data: CaseEventOf<'ReferralReceived'>['data'],
): ById<Guardian> {
  const said = (data.guardians ?? []).map(({ personRef, ...guardian }): [string, Guardian] => [
    personRef,
    guardian,
  ]);
  return { ...guardians, ...Object.fromEntries(said) };
}

/** A birth that was erased with the person's key is no date any more. */
const birthOf = ({ date, dueDate }: { readonly date?: string; readonly dueDate?: string }): Birth => ({
  ...(date !== undefined && isLocalDate(date) ? { date } : {}),
  ...(dueDate !== undefined && isLocalDate(dueDate) ? { dueDate } : {}),
});

type IntakeEvent = CaseEventOf<
  'ReferralAssessed' | 'InvestigationOpened' | 'InvestigationExtended' | 'InvestigationConcluded'
>;

export function evolveIntake(state: OpenCase, event: IntakeEvent): OpenCase {
  switch (event.type) {
    case 'ReferralAssessed':
      return assessed(state, event);
    case 'InvestigationOpened':
      return investigationOpened(state, event);
    case 'InvestigationExtended':
      return extended(state, event);
    case 'InvestigationConcluded':
      return concluded(state, event);
    default:
      return assertNever(event);
  }
}

function assessed(state: OpenCase, { data }: CaseEventOf<'ReferralAssessed'>): OpenCase {
  const { referralId, conclusion, assessedOn } = data;
  const before = state.referrals[referralId];
  const receivedOn = before?.receivedOn ?? state.startedOn;
  const referral: Referral =
    before?.situation === 'investigated'
      ? { ...before, reviewed: true }
      : { situation: 'assessed', receivedOn, conclusion, assessedOn };
  return {
    ...state,
    referrals: put(state.referrals, referralId, referral),
    settled: conclusion === 'DISMISSED' ? 'DISMISSED' : 'ASSESSED',
  };
}

function investigationOpened(state: OpenCase, { data }: CaseEventOf<'InvestigationOpened'>): OpenCase {
  const { investigationId, startedOn } = data;
  let referrals = state.referrals;
  let firstReceivedOn = startedOn;
  for (const referralId of data.referralIds ?? []) {
    const before = state.referrals[referralId];
    const receivedOn = before?.receivedOn ?? startedOn;
    const reviewed = before !== undefined && isReviewed(before);
    if (receivedOn < firstReceivedOn) firstReceivedOn = receivedOn;
    referrals = put(referrals, referralId, {
      situation: 'investigated',
      receivedOn,
      investigationId,
      reviewed,
    });
  }
  const investigation = { situation: 'open', startedOn, firstReceivedOn } as const;
  return {
    ...state,
    ids: take(state, 'investigation', investigationId),
    referrals,
    investigations: put(state.investigations, investigationId, investigation),
  };
}

function extended(state: OpenCase, { data }: CaseEventOf<'InvestigationExtended'>): OpenCase {
  const investigation = state.investigations[data.investigationId];
  if (investigation === undefined || data.granted !== '1' || data.newDueOn === undefined) return state;
  const longer = { ...investigation, extendedTo: data.newDueOn };
  return { ...state, investigations: put(state.investigations, data.investigationId, longer) };
}

function concluded(state: OpenCase, { data }: CaseEventOf<'InvestigationConcluded'>): OpenCase {
  const { investigationId, outcome, concludedOn, decisionId } = data;
  const before = state.investigations[investigationId] ?? {
    startedOn: concludedOn,
    firstReceivedOn: concludedOn,
  };
  const investigation = {
    ...before,
    situation: 'concluded',
    concludedOn,
    ...(outcome === undefined ? {} : { outcome }),
  } as const;
  const after: OpenCase = {
    ...state,
    investigations: put(state.investigations, investigationId, investigation),
    settled: settledBy(state, outcome),
  };
  // A henleggelse is notified like any decision.
  if (decisionId === undefined || !isDismissal(outcome)) return after;
  const dismissal = { decidedOn: concludedOn, measureIds: [], notices: [] };
  return {
    ...after,
    ids: take(after, 'decision', decisionId),
    decisions: put(after.decisions, decisionId, dismissal),
  };
}

function settledBy(
  state: OpenCase,
  outcome: CaseEventOf<'InvestigationConcluded'>['data']['outcome'],
): Settled {
  switch (outcome) {
    case 'HENLAGT_MED_GJENAPNING':
      return 'DISMISSED_REOPENABLE';
    case 'BEGJAERING':
      return 'PETITIONED';
    case 'VEDTAK_TILTAK':
      return Object.values(state.measures).some(({ situation }) => situation === 'ended')
        ? 'MEASURES_ENDED'
        : 'MEASURES_DECIDED';
    case 'HENLAGT':
      return 'INVESTIGATION_DISMISSED';
    case undefined:
      return state.settled;
    default:
      return assertNever(outcome);
  }
}
