import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deadlineWatch } from './deadline-watch/watch.js';
import type { Reactor } from './definition.js';
import { rulesetAt, startOfDayOslo } from '#forlop/domain';
import { day, Town } from './town.fixture.js';

let town: Town;
beforeEach(async () => {
  town = await Town.found();
});
afterEach(() => town.leave());

const D1 = `DeadlineSet D1 ${day(6)} ${day(-1)}`;

describe('the deadline watch', () => {
  it('sets the deadlines of a case and says when they are met, in a stream beside it', async () => {
    town.run();
    const caseId = await town.referral();
    await town.reached(await town.assess(caseId, day(0)));
    await town.until(async () => (await town.facts(caseId)).length === 2);
    expect(await town.facts(caseId)).toEqual([D1, `DeadlineMet D1 ${day(6)} ${day(0)}`]);
    expect(await town.store.readStream(`childcase-${caseId}`)).toHaveLength(2);
  });

  it('speaks as the service, of the owner of the case, with what caused it and the provision', async () => {
    town.run();
    const caseId = await town.referral();
    const [cause] = await town.store.readStream(`childcase-${caseId}`);
    await town.until(async () => (await town.facts(caseId)).length === 1);
    const [fact] = await town.factEvents(caseId);
    const envelope = JSON.parse(fact?.metadata ?? '') as Record<string, unknown>;
    const { correlationId } = JSON.parse(cause?.metadata ?? '') as Record<string, unknown>;
    expect(envelope).toMatchObject({
      actor: { subjectId: 'system:deadline-watch', role: 'ARKIVAR', orgNumber: '0192:000000000' },
      municipalityNumber: '3403',
      causationId: cause?.eventId,
      correlationId,
      occurredAt: startOfDayOslo(day(-1)),
      legalBasis: [{ law: 'BVL2021', section: '2-1' }],
      rulesetVersion: rulesetAt(day(-1)),
    });
  });

  it('finds that one was missed when its day has passed, without any event', async () => {
    town.run();
    const caseId = await town.referral();
    await town.reached((await town.store.head()) ?? '');
    town.today = day(6);
    const other = await town.referral();
    await town.until(async () => (await town.facts(other)).length === 1);
    expect(await town.facts(caseId)).toEqual([D1]);
    town.today = day(7);
    await town.until(async () => (await town.facts(caseId)).length === 2);
    expect(await town.facts(caseId)).toEqual([D1, `DeadlineMissed D1 ${day(6)} ${day(7)}`]);
    const [, missed] = await town.factEvents(caseId);
    expect(JSON.parse(missed?.metadata ?? '')).toMatchObject({
      flags: [{ rule: 'D1', slug: 'review-late', dueOn: day(6), daysLate: 1 }],
    });
  });

  it('finds what was missed while no process ran', async () => {
    const runner = town.run();
    const caseId = await town.referral();
    await town.reached((await town.store.head()) ?? '');
    await runner.stop();
    town.today = day(30);
    town.run();
    await town.until(async () => (await town.facts(caseId)).length === 2);
    expect((await town.facts(caseId))[1]).toBe(`DeadlineMissed D1 ${day(6)} ${day(7)}`);
  });

  it('follows a correction of the day that a deadline counts from', async () => {
    town.run();
    const caseId = await town.referral();
    await town.until(async () => (await town.facts(caseId)).length === 1);
    await town.correct(caseId, day(-20));
    await town.until(async () => (await town.facts(caseId)).length === 2);
    const moved = `DeadlineSet D1 ${day(-13)} ${day(-20)}`;
    expect(await town.facts(caseId)).toEqual([D1, moved]);
    // Whoever corrects has the day to say what was done.
    town.today = day(1);
    await town.until(async () => (await town.facts(caseId)).length === 3);
    expect(await town.facts(caseId)).toEqual([D1, moved, `DeadlineMissed D1 ${day(-13)} ${day(-12)}`]);
  });

  it('acts once when it is cut off between the act and the checkpoint', async () => {
    const watch = deadlineWatch(town.store);
    let looks = 0;
    const cutOff: Reactor = {
      ...watch,
      react: async (occasion) => {
        looks += 1;
        const reacted = await watch.react(occasion);
        if (looks === 1) await endSessions();
        return reacted;
      },
    };
    const caseId = await town.referral();
    town.run(cutOff);
    await town.reached((await town.store.head()) ?? '');
    expect(looks).toBe(2);
    expect(await town.facts(caseId)).toEqual([D1]);
  });

  it('acts once when the answer to its append is lost', async () => {
    let appends = 0;
    const watch = deadlineWatch({
      readStream: (streamId) => town.store.readStream(streamId),
      append: async (streamId, events, expected) => {
        appends += 1;
        const appended = await town.store.append(streamId, events, expected);
        if (appends === 1) throw Object.assign(new Error('lost'), { name: 'StoreUnavailable' });
        return appended;
      },
    });
    const caseId = await town.referral();
    town.run(watch);
    await town.reached((await town.store.head()) ?? '');
    expect([appends, await town.facts(caseId)]).toEqual([1, [D1]]);
  });

  it('says the same with the same ids from two processes at once, and once', async () => {
    const caseId = await town.referral();
    const occasion = { streamId: `childcase-${caseId}`, events: [], today: town.today };
    await Promise.all(Array.from({ length: 5 }, () => deadlineWatch(town.store).react(occasion)));
    expect(await town.facts(caseId)).toEqual([D1]);
  });

  it('sets the deadline of a request for access in the stream of that request', async () => {
    town.run();
    const requestId = '5a3f0c1e-0000-4000-8000-000000000077';
    await town.record(`accessrequest-${requestId}`, 'InnsynRequested', {
      requestId,
      receivedAt: '2026-02-03T09:00:00+01:00',
    });
    await town.until(async () => (await town.facts(requestId)).length === 1);
    expect(await town.facts(requestId)).toEqual(['DeadlineSet D15 2026-02-06 2026-02-03']);
  });
});

/** Ends the sessions of the reactors, those that hold a lock among them, as a cut cable would. */
async function endSessions(): Promise<void> {
  await town.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'reactors' and pid <> pg_backend_pid()`,
  );
}
