import { describe, expect, it } from '@jest/globals';
import { supervisionStream } from '#forlop/domain';
import { AccessLogUnavailable } from '../errors.js';
import { HAMAR, request, World } from '../world.fixture.js';
import { SUPERVISORY } from './command.js';
import { Supervisions } from './supervisions.js';

const BY = request({ role: 'STATSFORVALTER', ...SUPERVISORY });

/** A case, and a supervision of its municipality. */
async function supervised() {
  const world = new World();
  const { caseId } = await world.openCase();
  const body = { basis: 'KLAGE', scope: { municipalities: [HAMAR] }, on: '2026-11-24' };
  const { ids } = await world.handling.supervise('OpenSupervision', undefined, body, BY);
  const supervisions = new Supervisions(world.deps);
  const pin = await supervisions.pinOf(caseId);
  if (pin === undefined) throw new Error('The case has no events.');
  const supervisionId = String(ids['supervisionId']);
  const replay = { supervisionId, cases: [{ caseId, municipality: HAMAR }], asOf: pin.asOf };
  return { world, caseId, supervisions, supervisionId, replay };
}

describe('a replay', () => {
  it('is recorded where it stood, every one of several at once', async () => {
    const { supervisions, supervisionId, replay } = await supervised();
    await Promise.all(Array.from({ length: 12 }, () => supervisions.recordReplay(replay, BY)));
    const own = await supervisions.own(supervisionId, BY.caller);
    expect(own?.replays).toHaveLength(12);
    expect(own?.replays[0]).toMatchObject({ asOf: replay.asOf, replayedAt: BY.now });
  });

  it('that cannot be recorded is told as such, and one outside as outside', async () => {
    const { world, supervisions, replay, caseId } = await supervised();
    const elsewhere = { ...replay, cases: [{ caseId, municipality: '3405' }] };
    await expect(supervisions.recordReplay(elsewhere, BY)).rejects.toMatchObject({
      slug: 'outside-supervision-scope',
    });
    world.store.append = () => Promise.reject(new Error('power cut'));
    await expect(supervisions.recordReplay(replay, BY)).rejects.toThrow(AccessLogUnavailable);
  });

  it('is of one authority and office: to another the supervision is not there', async () => {
    const { world, supervisions, supervisionId } = await supervised();
    const other = request({ role: 'HELSETILSYN', ...SUPERVISORY });
    expect(await supervisions.own(supervisionId, other.caller)).toBeUndefined();
    const closing = { supervisionId, on: '2026-11-24' };
    await expect(
      world.handling.supervise('CloseSupervision', supervisionId, closing, other),
    ).rejects.toMatchObject({ name: 'NotFound' });
    expect(await world.store.readStream(supervisionStream(supervisionId))).toHaveLength(1);
  });

  it('answers the five questions as of a position, whatever came later', async () => {
    const { world, supervisions, caseId, replay } = await supervised();
    const { position } = replay.asOf;
    const before = await supervisions.dossier(caseId, position, '2026-11-24');
    expect(before).toHaveLength(5);
    await world.openCase();
    expect(await supervisions.dossier(caseId, position, '2026-11-24')).toEqual(before);
    expect(await supervisions.dossier(caseId, 'mem:00000000000000000000', '2026-11-24')).toEqual([]);
  });
});
