import { describe, expect, it } from '@jest/globals';
import { foldOperations } from '#forlop/projections';
import { accessLog } from './access-log/projection.js';
import { auditTrail } from './audit-trail/projection.js';
import { caseHistory } from './case-history/projection.js';
import { isBackDated } from './entry.js';
import { accessed, assessed, ids, planned, registered, ringsaker, started } from './story.fixture.js';
import type { Happening } from './testing.fixture.js';
import { projected, uuid } from './testing.fixture.js';

const rowsOf = (projection: typeof auditTrail, happening: Happening, over = {}) =>
  foldOperations(projection.project(projected(ringsaker, happening, over))).flatMap(
    ({ replaced }) => replaced,
  );

const entry = {
  position: 'mem:00000000000000000007',
  revision: 6,
  event_id: uuid(900),
  schema_version: 1,
  actor: { subjectId: 'ansatt-17', role: 'SAKSBEHANDLER', orgNumber: '0192:999999999' },
  municipality: '3411',
  district: null,
};

describe('the chronology', () => {
  it('takes an event of a case as a row, with its payload as stored', () => {
    const event = projected(ringsaker, planned);
    expect(rowsOf(caseHistory, planned)).toEqual([
      {
        ...entry,
        case_id: ids.case,
        type: 'PlanEstablished',
        occurred_at: '2026-03-06T00:00:00+01:00',
        occurred_at_given: '2026-03-06T00:00:00+01:00',
        recorded_at: '2026-03-06T11:00:00.000Z',
        legal_basis: event.envelope['legalBasis'],
        ruleset_version: 'BVL2021-2026',
        flags: [{ rule: '29', slug: 'plan-late', dueOn: '2026-03-02', daysLate: 4 }],
        journal_relevant: true,
        back_dated: false,
        payload: event.payload,
      },
    ]);
  });

  it.each([registered, accessed([ids.case])])('takes nothing of other streams', (happening) => {
    expect(rowsOf(caseHistory, happening)).toEqual([]);
  });
});

describe('the audit trail', () => {
  it('takes an event of a case as a row of the case, without its data', () => {
    const [row, ...others] = rowsOf(auditTrail, assessed);
    expect(row).toMatchObject({
      ...entry,
      case_id: ids.case,
      case_key: ids.case,
      first_case: true,
      person_id: null,
    });
    expect(row).not.toHaveProperty('payload');
    expect(others).toEqual([]);
  });

  it('marks what was recorded more than three virkedager after it happened', () => {
    expect(rowsOf(auditTrail, started)).toMatchObject([{ back_dated: true }]);
  });

  it('takes an event of a person as a row of no case', () => {
    expect(rowsOf(auditTrail, registered)).toMatchObject([
      { type: 'PersonRegistered', case_id: null, case_key: '', first_case: true, person_id: ids.child },
    ]);
  });

  it('takes an access as a row for each case once, the first of which stands for the event', () => {
    const rows = rowsOf(auditTrail, accessed([ids.case, uuid(40), ids.case]));
    expect(rows).toMatchObject([
      {
        type: 'CaseHistoryAccessed',
        case_id: ids.case,
        first_case: true,
        case_ids: [ids.case, uuid(40)],
        decision: 'PERMIT',
        purpose: 'TJENSTLIG',
        what: { view: 'GET /cases/{caseId}' },
        back_dated: false,
      },
      { case_id: uuid(40), first_case: false },
    ]);
    expect(rows[1]).not.toHaveProperty('case_ids');
    expect(rows).toHaveLength(2);
  });

  it('takes an access that held no case as one row', () => {
    expect(rowsOf(auditTrail, accessed([]))).toMatchObject([{ case_key: '', first_case: true }]);
  });
});

describe('the access log', () => {
  it('takes an access as a row for each case, by whom and for what', () => {
    expect(rowsOf(accessLog, accessed([ids.case]))).toEqual([
      {
        case_id: ids.case,
        event_id: uuid(900),
        position: 'mem:00000000000000000007',
        who: 'ansatt-17',
        role: 'SAKSBEHANDLER',
        org: '0192:999999999',
        unit: null,
        on_behalf_of: null,
        what: { view: 'GET /cases/{caseId}' },
        purpose: 'TJENSTLIG',
        decision: 'PERMIT',
        legal_basis: [{ law: 'BVL2021', section: '13-1', paragraph: null, letter: null }],
        accessed_at: '2026-04-23T08:00:00Z',
        recorded_at: '2026-04-23T11:00:00.000Z',
        municipality: '3411',
        district: null,
      },
    ]);
  });

  it('counts an access that was appended twice once', () => {
    const twice = ['mem:00000000000000000007', 'mem:00000000000000000009'].flatMap((position) =>
      accessLog.project(projected(ringsaker, accessed([ids.case]), { position })),
    );
    expect(foldOperations(twice)[0]?.replaced).toHaveLength(1);
  });

  it('takes nothing of a case or a person', () => {
    expect(rowsOf(accessLog, assessed)).toEqual([]);
    expect(rowsOf(accessLog, registered)).toEqual([]);
  });
});

describe('back-dating', () => {
  it.each([
    [
      'recorded the third virkedag after, over a weekend',
      '2026-03-12T10:00:00Z',
      '2026-03-17T10:00:00Z',
      false,
    ],
    ['recorded in the weekend after the third', '2026-03-10T10:00:00Z', '2026-03-14T10:00:00Z', false],
    ['recorded the fourth', '2026-03-12T10:00:00Z', '2026-03-18T10:00:00Z', true],
    ['not counting påske', '2026-04-01T10:00:00Z', '2026-04-09T10:00:00Z', false],
    [
      'by the day in Oslo: late in the evening there',
      '2026-06-01T00:00:00+02:00',
      '2026-06-04T21:59:59Z',
      false,
    ],
    ['by the day in Oslo: past midnight there', '2026-06-01T00:00:00+02:00', '2026-06-04T22:00:00Z', true],
  ])('%s', (_, occurredAt, recordedAt, expected) => {
    expect(isBackDated(occurredAt, recordedAt)).toBe(expected);
  });
});
