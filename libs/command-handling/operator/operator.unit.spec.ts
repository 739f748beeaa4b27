import { describe, expect, it } from '@jest/globals';
import { AccessLog } from '../access-log.js';
import { AccessLogUnavailable } from '../errors.js';
import { caseIdOf } from '../ids.js';
import { shredSubject } from '../shredding.js';
import { HAMAR, request, World } from '../world.fixture.js';
import { accessLogEntries, casesIn } from './access-log-entries.js';
import { recordOperatorAct } from './acts.js';

const operator = { subjectId: 'operator:drift', role: 'ARKIVAR', orgNumber: '0192:000000000' } as const;
const { now, today } = request();

const read = (world: World, caseId: string, by = request()) =>
  new AccessLog(world.deps).record({
    caller: by.caller,
    caseIds: [caseId],
    view: 'GET /cases/{caseId}',
    purpose: 'TJENSTLIG',
    decision: 'PERMIT',
    occasion: by,
  });

describe('an operator on the record', () => {
  it('stands in the log of the municipality, or of none, with what was done to what', async () => {
    const world = new World();
    const act = { operator, now } as const;
    await recordOperatorAct(world.deps, { ...act, act: 'REBUILD', target: 'all' });
    await recordOperatorAct(world.deps, {
      ...act,
      act: 'TOKEN',
      target: 'LEDER:dev-leder',
      owner: { municipality: HAMAR },
    });
    expect(await accessLogEntries(world.store, { actor: 'operator:drift' })).toMatchObject([
      { type: 'OperatorActRecorded', act: 'REBUILD', target: 'all', municipality: '0000', on: today },
      { act: 'TOKEN', target: 'LEDER:dev-leder', municipality: HAMAR, operator: 'operator:drift' },
    ]);
    expect(await world.store.readStream(`accesslog-${HAMAR}-${today}`)).toHaveLength(1);
  });

  it('is recorded when a person is shredded, with the decision, and not when that is refused', async () => {
    const world = new World();
    const personId = await world.person();
    const { personId: inCase } = await world.openCase();
    const shred = (subjectRef: string) =>
      shredSubject(world.deps, {
        subjectRef,
        ground: 'APENBART_GRUNNLOS',
        decisionRef: '2026/1-2',
        operator,
        now,
      });
    await shred(personId);
    await expect(shred(inCase)).rejects.toMatchObject({ slug: 'retention-required' });
    expect(await accessLogEntries(world.store, { actor: 'operator:drift' })).toMatchObject([
      { act: 'SHRED', target: personId, reason: '2026/1-2', municipality: HAMAR },
    ]);
  });

  it('does nothing when the log cannot be written', async () => {
    const world = new World();
    const personId = await world.person();
    await world.store.close();
    const act = { act: 'TOKEN', target: `PART:${personId}`, operator, now } as const;
    await expect(recordOperatorAct(world.deps, act)).rejects.toBeInstanceOf(AccessLogUnavailable);
  });
});

describe('reading the access log', () => {
  it('finds by case, by person and by actor, each that is given', async () => {
    const world = new World();
    const { caseId, personId } = await world.openCase();
    const other = await world.openCase();
    await read(world, caseId);
    await read(world, other.caseId);
    await recordOperatorAct(world.deps, { act: 'TOKEN', target: `PART:${personId}`, operator, now });

    const ofCase = await accessLogEntries(world.store, { caseId });
    expect(ofCase.map(casesIn)).toEqual([[caseId]]);
    const ofSubject = await accessLogEntries(world.store, { subject: personId });
    expect(ofSubject.map(({ type }) => type)).toEqual(['CaseHistoryAccessed', 'OperatorActRecorded']);
    expect(caseIdOf(HAMAR, personId)).toBe(caseId);
    expect(await accessLogEntries(world.store, { actor: 'ansatt-1' })).toHaveLength(2);
    expect(await accessLogEntries(world.store, { actor: 'ansatt-1', caseId })).toHaveLength(1);
    expect(await accessLogEntries(world.store, { actor: 'ansatt-1', subject: other.personId })).toHaveLength(
      1,
    );
    expect(await accessLogEntries(world.store, { caseId: personId })).toEqual([]);
  });

  it('finds what a machine read for an employee', async () => {
    const world = new World();
    const { caseId } = await world.openCase();
    const by = request();
    await read(world, caseId, {
      ...by,
      caller: { ...by.caller, actor: { ...by.caller.actor, onBehalfOf: 'ansatt-9' } },
    });
    expect(await accessLogEntries(world.store, { actor: 'ansatt-9' })).toHaveLength(1);
  });
});
