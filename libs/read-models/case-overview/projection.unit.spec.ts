import { describe, expect, it } from '@jest/globals';
import type { Row, RowOperation } from '#forlop/projections';
import { foldOperations } from '#forlop/projections';
import * as story from '../story.fixture.js';
import { ids, onCase, ringsaker } from '../story.fixture.js';
import type { Happening } from '../testing.fixture.js';
import { projected, uuid } from '../testing.fixture.js';
import { caseOverview } from './projection.js';

/** What an event does to the rows, in short: the operation, the row it is about, and the facts. */
function operationsOf(happening: Happening): string[] {
  return caseOverview.project(projected(ringsaker, happening)).map(inShort);
}

function inShort(operation: RowOperation): string {
  if (operation.op === 'delete')
    return `delete ${text(operation.key['kind'])} ${text(operation.key['item_key'])}`;
  const { kind, item_key: key, document, settled, person_id: person } = operation.row;
  if (kind === undefined) return `${operation.op} case ${JSON.stringify({ settled, person })}`;
  return `${operation.op} ${text(kind)} ${text(key)} ${JSON.stringify(document)}`;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const TABLE: readonly [Happening, readonly string[]][] = [
  [
    story.received,
    [
      'merge case {}',
      `merge case {"settled":"RECEIVED","person":"${ids.child}"}`,
      `merge referral ${ids.referral} {}`,
      `merge party ${ids.mother} {"personRef":"${ids.mother}","relation":"MOR","dailyCare":true,"foreldreansvar":true}`,
    ],
  ],
  [
    story.assessed,
    [
      'merge case {}',
      'merge case {"settled":"ASSESSED"}',
      `merge referral ${ids.referral} {"conclusion":"INVESTIGATE"}`,
    ],
  ],
  [
    story.opened,
    [
      'merge case {}',
      `merge investigation ${ids.investigation} {"startedOn":"2026-02-05"}`,
      `merge referral ${ids.referral} {"investigationId":"${ids.investigation}"}`,
    ],
  ],
  [story.participated, ['merge case {}', `merge participation ${uuid(900)} {}`]],
  [story.partyStatus, ['merge case {}', `merge party ${ids.mother} {}`]],
  [
    story.proposed,
    [
      'merge case {}',
      `merge measure ${ids.measure} {"catalogueCode":"stottekontakt","proposedOn":"2026-02-24"}`,
    ],
  ],
  [story.consented, ['merge case {}', `merge consent ${ids.consent} {}`]],
  [story.withdrawn, ['merge case {}', `merge consent ${ids.consent} {}`]],
  [
    { ...story.withdrawn, data: { ...story.withdrawn.data, effect: [ids.measure] } },
    [
      'merge case {}',
      `merge consent ${ids.consent} {}`,
      // Five virkedager after Tuesday 5 May 2026.
      `upsert task 16:${ids.measure} {"kind":"END_OR_DECIDE_MEASURE","rule":"16","dueOn":"2026-05-12","causedBy":"${uuid(900)}","measureId":"${ids.measure}","consentId":"${ids.consent}"}`,
    ],
  ],
  [
    onCase('ConsentRefused', { subjectIds: [ids.measure], by: ids.mother, on: '2026-02-26' }),
    ['merge case {}', `merge refusal ${uuid(900)} {}`],
  ],
  [story.journaled, ['merge case {}', `merge document ${ids.document} {}`]],
  [
    story.decided,
    [
      'merge case {}',
      `merge decision ${ids.decision} {}`,
      `upsert task 25:${ids.decision} {"kind":"NOTIFY_PARTIES","rule":"25","dueOn":"2026-03-02","causedBy":"${uuid(900)}"}`,
      `delete task 16:${ids.measure}`,
      `merge measure ${ids.measure} {"decisionType":"NYTT","decisionId":"${ids.decision}","decidedOn":"2026-03-02","catalogueCode":"stottekontakt","legalBasis":"3-1","targetPerson":"${ids.child}","provider":{"type":"KOMMUNE"},"voluntary":true,"startPlanned":"2026-03-09","ssbCategory":"4.6","endPlanned":"2026-12-31"}`,
    ],
  ],
  [
    { ...story.decided, data: { ...story.decided.data, decisionType: 'OPPHORT' } },
    [
      'merge case {}',
      `merge decision ${ids.decision} {}`,
      `upsert task 25:${ids.decision} {"kind":"NOTIFY_PARTIES","rule":"25","dueOn":"2026-03-02","causedBy":"${uuid(900)}"}`,
      `delete task 16:${ids.measure}`,
      `merge measure ${ids.measure} {"decisionType":"OPPHORT","catalogueCode":"stottekontakt"}`,
    ],
  ],
  [
    story.concluded,
    [
      'merge case {}',
      'merge case {"settled":"MEASURES_DECIDED"}',
      `merge investigation ${ids.investigation} {"concludedOn":"2026-03-02"}`,
    ],
  ],
  [
    { ...story.concluded, data: { ...story.concluded.data, outcome: 'HENLAGT' } },
    [
      'merge case {}',
      'merge case {"settled":"INVESTIGATION_DISMISSED"}',
      `merge investigation ${ids.investigation} {"concludedOn":"2026-03-02"}`,
      `merge decision ${ids.decision} {}`,
      `upsert task 25:${ids.decision} {"kind":"NOTIFY_PARTIES","rule":"25","dueOn":"2026-03-02","causedBy":"${uuid(900)}"}`,
    ],
  ],
  [story.notified, ['merge case {}', `merge decision ${ids.decision} {}`, `delete task 25:${ids.decision}`]],
  [
    { ...story.notified, flags: [{ rule: '25', slug: 'not-notified' }] },
    [
      'merge case {}',
      `merge decision ${ids.decision} {}`,
      `upsert task 25:${ids.decision} {"kind":"NOTIFY_PARTIES","rule":"25","dueOn":"2026-03-04","causedBy":"${uuid(900)}"}`,
    ],
  ],
  [story.planned, ['merge case {}', `merge plan ${ids.plan} {}`]],
  [story.revised, ['merge case {}', `merge plan ${ids.plan} {}`, `delete task 32:${ids.plan}`]],
  [story.started, ['merge case {}', `merge measure ${ids.measure} {"startedOn":"2026-03-09"}`]],
  [
    story.evaluated,
    [
      'merge case {}',
      `merge plan ${ids.plan} {}`,
      `upsert task 32:${ids.plan} {"kind":"REVISE_PLAN","rule":"32","dueOn":"2026-04-22","causedBy":"${uuid(900)}"}`,
    ],
  ],
  [
    story.ended,
    [
      'merge case {}',
      'merge case {"settled":"MEASURES_ENDED"}',
      `merge measure ${ids.measure} {"endedOn":"2026-06-01","endReason":"MAL_NADD"}`,
      `delete task 16:${ids.measure}`,
    ],
  ],
  [onCase('StartMeetingHeld', { on: '2026-03-09' }), ['merge case {}']],
];

describe('the case overview', () => {
  it.each(TABLE.map(([happening, expected]) => [happening.type, happening, expected] as const))(
    'takes of %s what it shows',
    (_, happening, expected) => {
      expect(operationsOf(happening)).toEqual(expected);
    },
  );

  it('moves position and revision of the case with every event, also of a type that it does not know', () => {
    const event = projected(ringsaker, story.received, { type: 'SomethingNew' });
    expect(caseOverview.project(event)).toEqual([
      {
        op: 'merge',
        table: caseOverview.tables[0],
        row: {
          case_id: ids.case,
          position: event.position,
          revision: 6,
          changed_at: '2026-02-02T11:00:00.000Z',
          municipality: '3411',
          district: null,
        },
      },
    ]);
  });

  it('asks nothing of what was decided before the law of 2021', () => {
    const old = { ...story.decided, data: { ...story.decided.data, decidedOn: '2022-12-31' } };
    expect(operationsOf(old).filter((operation) => operation.startsWith('upsert task '))).toEqual([]);
  });

  it('keeps the payload as it is stored, under the position of its event', () => {
    const event = projected(ringsaker, story.assessed);
    const item = caseOverview
      .project(event)
      .find((operation) => operation.op === 'merge' && operation.row['kind']);
    const { sources } = item && item.op === 'merge' ? item.row : ({} as Row);
    expect(sources).toEqual({
      [event.position]: {
        eventId: uuid(900),
        type: 'ReferralAssessed',
        schemaVersion: 1,
        payload: event.payload,
      },
    });
  });

  it('gives every row its owner, so that row-level security knows it', () => {
    const oslo = { municipality: '0301', district: '05' };
    for (const happening of story.story) {
      for (const { table, ...changes } of foldOperations(caseOverview.project(projected(oslo, happening)))) {
        for (const row of [...changes.patched, ...changes.replaced])
          expect({ table: table.name, ...row }).toMatchObject(oslo);
      }
    }
  });

  it('ignores streams that are no case', () => {
    expect(caseOverview.project(projected(ringsaker, story.registered))).toEqual([]);
  });
});
