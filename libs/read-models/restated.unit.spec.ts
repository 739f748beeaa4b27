import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#forlop/domain';
import type { ProjectedEvent } from '#forlop/projections';
import { amendedData, restatedCase } from './restated.js';
import * as story from './story.fixture.js';
import { ids, onCase, ringsaker } from './story.fixture.js';
import type { Happening } from './testing.fixture.js';
import { projected, uuid } from './testing.fixture.js';

/** The stream of a case as a projection sees it: texts are null. */
const streamOf = (...happenings: readonly Happening[]): ProjectedEvent[] =>
  happenings.map((happening, revision) =>
    projected(ringsaker, happening, {
      eventId: uuid(revision),
      revision,
      position: `mem:${String(revision).padStart(20, '0')}`,
    }),
  );

const corrects = (target: number, targetType: string, newValues: object, over: object = {}): Happening =>
  onCase(
    'EntryCorrected',
    {
      targetEventId: uuid(target),
      targetType,
      reason: 'x',
      newValues,
      effectiveOn: '2026-02-02',
      on: '2026-06-02',
      ...over,
    },
    { flags: [{ rule: 'D1', slug: 'review-late' }] },
  );
const retracts = (target: number): Happening =>
  onCase('EntryRetracted', {
    targetEventId: uuid(target),
    targetType: 'ReferralReceived',
    reason: 'x',
    effectiveOn: '2026-02-02',
    on: '2026-06-02',
  });

describe('the stream of a case, restated', () => {
  const { received, assessed, opened } = story;

  it('is as it was stored while nothing is corrected', () => {
    const stream = streamOf(received, assessed, opened);
    expect(restatedCase(stream)).toEqual(stream);
  });

  it('has corrected data and flags in the place and with the times of the original', () => {
    const stream = streamOf(
      received,
      assessed,
      corrects(1, 'ReferralAssessed', { assessedOn: '2026-02-12' }),
    );
    const [, now, correction] = restatedCase(stream);
    expect(now).toMatchObject({
      position: stream[1]?.position,
      revision: 1,
      recordedAt: stream[1]?.recordedAt,
      payload: stream[1]?.payload,
      data: { assessedOn: '2026-02-12', deadlineBreached: true },
      envelope: { occurredAt: '2026-02-12T00:00:00+01:00', flags: [{ slug: 'review-late' }] },
      amended: {
        corrections: [{ eventId: uuid(2), type: 'EntryCorrected', payload: stream[2]?.payload }],
        computed: { deadlineBreached: true },
      },
    });
    expect(correction).toBe(stream[2]);
  });

  it('carries what follows from a corrected entry along into later ones', () => {
    const moved = corrects(0, 'ReferralReceived', { receivedAt: '2026-01-02T09:00:00+01:00' });
    const [, late, investigation] = restatedCase(streamOf(received, assessed, opened, moved));
    expect(late).toMatchObject({ data: { deadlineBreached: true }, amended: { corrections: [] } });
    expect(investigation).toMatchObject({
      data: { dueOn: '2026-04-09' },
      amended: { corrections: [], computed: { dueOn: '2026-04-09' } },
    });
  });

  it('keeps what is retracted, marked', () => {
    const stream = streamOf(received, assessed, retracts(0));
    expect(restatedCase(stream).map(({ retracted }) => retracted ?? false)).toEqual([true, false, false]);
  });
});

describe('the opened data of a corrected event', () => {
  it('has the new values over it, the removed fields gone, and what is computed as it is by now', () => {
    const data = { ...(story.notified.data as JsonObject) };
    const corrections: JsonObject[] = [
      { newValues: { notifiedOn: '2026-03-05' } },
      { newValues: { notifiedOn: '2026-03-06' }, removed: ['omitted'] },
    ];
    const { complaintDueOn: _, ...rest } = data;
    expect(amendedData('DecisionNotified', { ...data, omitted: [] }, corrections, {})).toEqual({
      ...rest,
      notifiedOn: '2026-03-06',
    });
    expect(amendedData('DecisionNotified', data, [], { complaintDueOn: '2026-04-01' })).toMatchObject({
      decisionId: ids.decision,
      complaintDueOn: '2026-04-01',
    });
  });
});
