import { describe, expect, it } from '@jest/globals';
import { caseStream, RuleBroken } from '#forlop/domain';
import type { CommandHandling } from '../command-handling.js';
import { NotFound, StaleRevision } from '../errors.js';
import { caseIdOf } from '../ids.js';
import { exampleOf, HAMAR, personBody, referral, request } from '../world.fixture.js';
import { MemorySnapshots, Shared, WatchedStore } from './processes.fixture.js';

const registered = async ({ handling }: { handling: CommandHandling }): Promise<string> => {
  const body = { ...personBody(), identifier: { kind: 'NONE' as const } };
  return (await handling.registerPerson(body, request())).ids['personId'] as string;
};

/** Two processes, and a case that the first opened. */
async function opened() {
  const world = new Shared(new WatchedStore());
  const [one, other] = [world.process(), world.process()];
  const personId = await registered(one);
  const refer = ({ handling }: typeof one, given = {}) =>
    handling.receiveReferral(referral([personId]), request(given));
  const { cases } = await refer(one);
  const caseId = cases[0]?.caseId ?? '';
  const stream = caseStream(caseId);
  const participation = ({ handling }: typeof one, given = {}) =>
    handling.execute(
      'RecordChildParticipation',
      caseId,
      exampleOf('RecordChildParticipation'),
      request(given),
    );
  world.store.eventsRead(stream);
  return {
    world,
    one,
    other,
    personId,
    refer,
    caseId,
    stream,
    participation,
    referralId: cases[0]?.referralId,
  };
}

describe('the state that a process has kept of a case', () => {
  it('spares the next commands every read of the stream', async () => {
    const { world, one, stream, participation } = await opened();
    expect(await participation(one)).toMatchObject({ revision: 1 });
    expect(await participation(one)).toMatchObject({ revision: 2 });
    expect(world.store.eventsRead(stream)).toEqual([]);
  });

  it('is not believed where another process wrote since: the append finds it out, and the command is judged anew', async () => {
    const { world, one, other, stream, participation } = await opened();
    await participation(other);
    expect(await participation(one)).toMatchObject({ revision: 2 });
    // The other's first read; then this one's, after the conflict.
    expect(world.store.eventsRead(stream)).toEqual([1, 2]);
  });

  it('refuses nothing that the stream itself allows', async () => {
    const { one, other, caseId, refer } = await opened();
    const { cases } = await refer(other);
    const body = exampleOf('AssessReferral', { referralId: cases[0]?.referralId ?? '' });
    expect(await one.handling.execute('AssessReferral', caseId, body, request())).toMatchObject({
      revision: 2,
    });
  });

  it('finds no revision stale that the client saw after it', async () => {
    const { one, other, participation } = await opened();
    await participation(other);
    expect(await participation(one, { ifMatch: 1 })).toMatchObject({ revision: 2 });
    await participation(other);
    await expect(participation(one, { ifMatch: 2 })).rejects.toEqual(new StaleRevision(3));
  });

  it('reads only what came since before it refuses', async () => {
    const { world, one, caseId, stream, participation } = await opened();
    await participation(one);
    const body = exampleOf('AssessReferral', { referralId: caseId });
    await expect(one.handling.execute('AssessReferral', caseId, body, request())).rejects.toThrow(RuleBroken);
    expect(world.store.eventsRead(stream)).toEqual([1]);
  });

  it('cannot be opened once the key is destroyed, so the stream is read', async () => {
    const { world, one, stream, caseId, personId } = await opened();
    await world.keyStore.destroy(personId);
    const body = exampleOf('ProposeMeasure');
    await expect(one.handling.execute('ProposeMeasure', caseId, body, request())).rejects.toThrow(NotFound);
    expect(world.store.eventsRead(stream)[0]).toBe(1);
    expect(one.memory.state(stream)).toBeUndefined();
  });

  it('is sealed in the memory of the process', async () => {
    const { one, stream } = await opened();
    const kept = one.memory.state(stream);
    expect(kept?.belonging).toMatchObject({ owner: { municipality: HAMAR } });
    expect(kept?.sealed.toString('latin1')).not.toContain('referrals');
  });

  it('is forgotten when an entry is corrected, which changes what was folded', async () => {
    const { one, caseId, stream, participation } = await opened();
    const { events } = await participation(one);
    const correction = {
      targetEventId: events[0]?.eventId ?? '',
      reason: 'Feil dato i notatet.',
      newValues: { heldOn: '2026-02-21' },
      on: '2026-03-01',
    };
    await one.handling.execute('CorrectEntry', caseId, correction, request({ role: 'ARKIVAR' }));
    expect(one.memory.state(stream)).toBeUndefined();
    expect(await participation(one)).toMatchObject({ revision: 3 });
    expect(one.memory.state(stream)?.revision).toBe(3);
  });

  it('never answers a repeat: the same key gives the first answer', async () => {
    const { one, other, caseId } = await opened();
    const first = request();
    const body = exampleOf('RecordChildParticipation');
    const answer = await one.handling.execute('RecordChildParticipation', caseId, body, first);
    for (const { handling } of [one, other, one]) {
      expect(await handling.execute('RecordChildParticipation', caseId, body, first)).toEqual(answer);
    }
  });
});

describe('a command that makes its stream', () => {
  it('does not read it first', async () => {
    const { world, one } = await opened();
    const personId = await registered(one);
    world.store.eventsRead('');
    await one.handling.receiveReferral(referral([personId]), request());
    expect(world.store.reads.map(({ streamId }) => streamId)).toEqual([`person-${personId}`]);
  });

  it('joins the case that another process opened, which the append tells', async () => {
    const { world, other, refer, stream } = await opened();
    expect(await refer(other)).toMatchObject({ revision: 1, cases: [{ revision: 1 }] });
    expect(world.store.eventsRead(stream)).toEqual([1]);
  });

  it('is not appended to a case that is not there when the client names its revision', async () => {
    const { one } = await opened();
    const personId = await registered(one);
    const attempt = one.handling.receiveReferral(referral([personId]), request({ ifMatch: 0 }));
    await expect(attempt).rejects.toEqual(new StaleRevision(-1));
  });

  it('asks for those whom it names once, and then knows whose they are', async () => {
    const { world, one } = await opened();
    const [child, reporter] = [await registered(one), await registered(world.process())];
    const before = world.store.firsts;
    for (const _ of [1, 2]) {
      const guardian = { personRef: reporter, relation: 'MOR', dailyCare: true, foreldreansvar: true };
      const body = referral([child]);
      const children = [{ personId: child, guardians: [guardian] }] as unknown as typeof body.children;
      await one.handling.receiveReferral({ ...body, children }, request());
    }
    expect(world.store.firsts - before).toBe(1);
  });
});

describe('a snapshot', () => {
  const every = 3;
  /** A case of seven events with a snapshot at its sixth, as one process left it, and another that knows nothing of it. */
  async function long() {
    const world = new Shared(new WatchedStore());
    const snapshots = new MemorySnapshots();
    const options = { snapshots, snapshotEvery: every };
    const one = world.process(options);
    const personId = await registered(one);
    await one.handling.receiveReferral(referral([personId]), request());
    const caseId = caseIdOf(HAMAR, personId);
    const stream = caseStream(caseId);
    const participation = ({ handling }: typeof one) =>
      handling.execute('RecordChildParticipation', caseId, exampleOf('RecordChildParticipation'), request());
    for (let count = 1; count < 7; count += 1) await participation(one);
    await one.memory.idle();
    world.store.eventsRead(stream);
    return { world, snapshots, other: world.process(options), personId, stream, caseId, participation };
  }

  it('is written when enough happened, and read in the place of what came before it', async () => {
    const { world, snapshots, other, stream, participation } = await long();
    expect(snapshots.rows.get(stream)?.revision).toBe(5);
    expect(await participation(other)).toMatchObject({ revision: 7 });
    // The first page, which tells that the stream is long; the snapshot's own event and the one after it.
    expect(world.store.eventsRead(stream)).toEqual([3, 2]);
  });

  it.each([
    ['is gone', (rows: MemorySnapshots['rows']) => rows.clear()],
    ['is of another version', change((snapshot) => ({ ...snapshot, version: 'childcase.0.00000000' }))],
    [
      'is of another history',
      change((snapshot) => ({ ...snapshot, eventId: '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d09' })),
    ],
    ['is ahead of the stream', change((snapshot) => ({ ...snapshot, revision: 70 }))],
    [
      'was changed',
      change(({ sealed, ...rest }) => ({ ...rest, sealed: Buffer.from(sealed).fill(0, 40, 44) })),
    ],
  ])('is not needed: where it %s, the whole stream is read', async (_, spoil) => {
    const { snapshots, other, stream, participation } = await long();
    spoil(snapshots.rows, stream);
    expect(await participation(other)).toMatchObject({ revision: 7 });
    await other.memory.idle();
    expect(snapshots.rows.get(stream)).toMatchObject({ revision: 7 });
  });

  it('of a stream that was corrected since is left alone', async () => {
    const { world, other, caseId, stream, participation } = await long();
    const [{ eventId: targetEventId } = { eventId: '' }] = (await world.store.readStream(stream)).slice(-1);
    const correction = {
      targetEventId,
      reason: 'Feil.',
      newValues: { heldOn: '2026-02-21' },
      on: '2026-03-01',
    };
    await other.handling.execute('CorrectEntry', caseId, correction, request({ role: 'ARKIVAR' }));
    world.store.eventsRead(stream);
    expect(await participation(other)).toMatchObject({ revision: 8 });
    expect(world.store.eventsRead(stream)).toEqual([3, 3, 5]);
  });

  it('of a shredded child is not opened', async () => {
    const { world, other, personId, stream, caseId } = await long();
    await world.keyStore.destroy(personId);
    const attempt = other.handling.execute('ProposeMeasure', caseId, exampleOf('ProposeMeasure'), request());
    await expect(attempt).rejects.toThrow(NotFound);
    expect(world.store.eventsRead(stream)).toEqual([3, 4]);
  });
});

function change(spoil: (snapshot: NonNullable<ReturnType<MemorySnapshots['rows']['get']>>) => object) {
  return (rows: MemorySnapshots['rows'], stream: string): void => {
    const snapshot = rows.get(stream);
    if (snapshot === undefined) throw new Error('there is no snapshot');
    rows.set(stream, spoil(snapshot) as typeof snapshot);
  };
}
