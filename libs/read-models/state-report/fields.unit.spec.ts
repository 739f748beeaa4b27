import { describe, expect, it } from '@jest/globals';
import { decided, evaluated, received, ringsaker, texts } from '../story.fixture.js';
import { projected, uuid, type Happening } from '../testing.fixture.js';
import { stateReportProjection } from './projection.js';

const rowOf = (happening: Happening) => {
  const [operation] = stateReportProjection.project(projected(ringsaker, happening));
  return operation?.op === 'upsert' ? operation.row : undefined;
};

describe('what the state report keeps of an event', () => {
  it('is ids, codes and dates of Oslo, of the case and its municipality', () => {
    expect(rowOf({ ...received, data: { ...received.data, receivedAt: '2026-02-02T23:30:00Z' } })).toEqual({
      event_id: uuid(900),
      position: 'mem:00000000000000000007',
      type: 'ReferralReceived',
      case_id: received.streamId.slice('childcase-'.length),
      target_id: null,
      data: {
        referralId: (received.data as { referralId: string }).referralId,
        kind: 'BEKYMRINGSMELDING',
        childRef: received.subject,
        receivedOn: '2026-02-03',
      },
      municipality: '3411',
      district: null,
    });
  });

  it.each([received, decided, evaluated])('is no text of $type', (happening) => {
    const row = JSON.stringify(rowOf(happening));
    for (const text of Object.values(texts)) expect(row).not.toContain(text);
  });

  it('takes the usual category of the catalogue where a decision gives none', () => {
    const measures = [{ measureId: uuid(1), catalogueCode: 'stottekontakt', voluntary: true }];
    expect(rowOf({ ...decided, data: { ...decided.data, measures } })?.['data']).toMatchObject({
      measures: [{ measureId: uuid(1), category: '4.6', voluntary: true }],
    });
  });

  it('says of a correction what it changes, by the fields of its target', () => {
    const row = rowOf({
      streamId: received.streamId,
      type: 'EntryCorrected',
      data: {
        targetEventId: uuid(5),
        targetType: 'EvaluationRecorded',
        effectiveOn: '2026-03-01',
        on: '2026-04-01',
        reason: 'Feil',
        newValues: { evaluatedOn: '2026-03-02', parentView: 'Fint' },
        removed: ['childView', 'nextDueOn'],
      },
    });
    expect(row).toMatchObject({
      target_id: uuid(5),
      data: {
        targetEventId: uuid(5),
        targetType: 'EvaluationRecorded',
        effectiveOn: '2026-03-01',
        newValues: { evaluatedOn: '2026-03-02' },
        removed: ['nextDueOn', 'childView'],
      },
    });
  });

  it('says of a request for access when it is due, and by which provisions it was refused', () => {
    const streamId = `accessrequest-${uuid(7)}`;
    const requested = projected(
      ringsaker,
      { ...received, streamId },
      {
        type: 'InnsynRequested',
        data: { requestId: uuid(7), receivedAt: '2026-04-01T09:00:00+02:00', caseIds: [uuid(8)] },
      },
    );
    // Easter lies between.
    expect(stateReportProjection.project(requested)[0]).toMatchObject({
      row: { case_id: null, data: { requestId: uuid(7), receivedOn: '2026-04-01', dueOn: '2026-04-09' } },
    });
    const decision = projected(
      ringsaker,
      { ...received, streamId },
      {
        type: 'InnsynDecided',
        data: {
          requestId: uuid(7),
          decidedOn: '2026-04-07',
          outcome: 'DELVIS',
          refusalBasis: [
            { law: 'FVL1967', section: '18 a', paragraph: 1 },
            { law: 'BVL2021', section: '12-6', paragraph: 2 },
          ],
        },
      },
    );
    expect(stateReportProjection.project(decision)[0]).toMatchObject({
      row: { data: { outcome: 'DELVIS', provisions: ['FVL1967-18a-1', 'BVL2021-12-6-2'] } },
    });
  });

  it('is nothing of an event that no figure counts', () => {
    expect(
      stateReportProjection.project(projected(ringsaker, received, { type: 'StartMeetingHeld' })),
    ).toEqual([]);
  });
});
