import { describe, expect, it } from '@jest/globals';
import * as story from '../story.fixture.js';
import { ids } from '../story.fixture.js';
import type { Item } from './item.js';
import { overviewOf } from './overview.js';

const row = {
  caseId: ids.case,
  personId: ids.child,
  municipality: '3411',
  district: null,
  settled: 'RECEIVED',
  revision: 5,
} as const;

const party = (...statuses: readonly object[]): Item => ({
  kind: 'party',
  key: ids.mother,
  document: { personRef: ids.mother, relation: 'MOR', dailyCare: true, foreldreansvar: true },
  events: statuses.map((status, index) => ({
    position: `mem:${String(index).padStart(20, '0')}`,
    eventId: String(index),
    type: 'PartyStatusAssessed',
    data: { ...story.partyStatus.data, ...status },
  })),
});

const partyOf = (item: Item) => overviewOf(row, [item], '2026-12-01').parties[0];

describe('a party of a case', () => {
  it('is what the referral said, under what was assessed', () => {
    expect(partyOf(party())).toMatchObject({ relation: 'MOR', dailyCare: true });
    expect(partyOf(party({}))).toMatchObject({ relation: 'MOR', role: 'PARENT_DAILY_CARE', isParty: true });
  });

  it('has the status assessed last, whichever was recorded last', () => {
    const lost = { assessedOn: '2026-05-01', role: 'PARENT_VISITATION' };
    const before = { assessedOn: '2026-03-01', role: 'PARENT_OTHER' };
    expect(partyOf(party({}, lost, before))).toMatchObject({ role: 'PARENT_VISITATION' });
    expect(partyOf(party(before, { ...before, role: 'GUARDIAN' }))).toMatchObject({ role: 'GUARDIAN' });
  });
});
