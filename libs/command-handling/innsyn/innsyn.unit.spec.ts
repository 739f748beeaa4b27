import { describe, expect, it } from '@jest/globals';
import { accessRequestCommands, accessRequestStream, caseStream } from '#forlop/domain';
import type { AccessRequestCommandType } from '#forlop/domain';
import { NotFound } from '../errors.js';
import type { CommandRequest } from '../request.js';
import { exampleOf, HAMAR, referral, request, World } from '../world.fixture.js';
import { Innsyn } from './innsyn.js';

const TODAY = '2026-11-24';
const GROUND = { law: 'FVL1967', section: '19', paragraph: 2, letter: 'b' };
/** What of the example names registered persons. */
const UNNAMED = {
  exposedTo: undefined,
  noark: {
    systemID: '2026/1',
    type: 'U',
    parties: [{ name: { first: 'Testine', last: 'Eksempel' }, role: 'Mottaker' }],
  },
};
const ARCHIVIST = { role: 'ARKIVAR' } as const;

/** A case with a journaled document, and the child who may ask to see it. */
async function withDocument() {
  const world = new World();
  const child = await world.person({ birthDate: '2008-01-01' });
  const { cases } = await world.handling.receiveReferral(referral([child]), request());
  const caseId = cases[0]?.caseId ?? '';
  const { ids } = await world.handling.execute(
    'JournalDocument',
    caseId,
    { ...exampleOf('JournalDocument'), journaledOn: TODAY, ...UNNAMED },
    request(),
  );
  const innsyn = (
    type: AccessRequestCommandType,
    body: object,
    { requestId, ...given }: Partial<CommandRequest> & { requestId?: string; role?: 'PART' } = {},
  ) =>
    world.handling.innsyn(
      type,
      requestId,
      { ...body, ...(requestId === undefined ? {} : { requestId }) },
      request({ ...ARCHIVIST, ...given }),
    );
  const asking = {
    ...(accessRequestCommands.RequestInnsyn.example as object),
    requestId: undefined,
    caseIds: [caseId],
    requester: { personRef: child, relation: 'BARN' },
    receivedAt: '2026-11-24T09:00:00+01:00',
  };
  return { world, child, caseId, documentId: String(ids['documentId']), innsyn, asking };
}

async function decided() {
  const given = await withDocument();
  const { innsyn, asking, documentId } = given;
  const { ids } = await innsyn('RequestInnsyn', asking);
  const requestId = String(ids['requestId']);
  const assessment = { documentId, assessedOn: TODAY, result: 'NEKTET', exemption: GROUND };
  await innsyn('AssessInnsynDocument', assessment, { requestId });
  const decision = { decidedOn: TODAY, outcome: 'NEKTET', refusalBasis: [GROUND] };
  await innsyn('DecideInnsyn', decision, { requestId });
  return { ...given, requestId };
}

describe('a command to a request for access', () => {
  it('is told by the service what the case knows, and answered with the id of the request', async () => {
    const { world, innsyn, asking, caseId } = await withDocument();
    const accepted = await innsyn('RequestInnsyn', asking);
    const requestId = String(accepted.ids['requestId']);
    expect(accepted).toMatchObject({ revision: 0, events: [{ type: 'InnsynRequested' }] });
    const [stored] = await world.store.readStream(accessRequestStream(requestId));
    expect(JSON.parse(stored?.payload ?? '')).toMatchObject({
      data: { standings: [{ caseId, standing: 'TIDLIGERE_BARN' }], identityProof: null },
      sealed: [{ subject: expect.any(String) }],
    });
  });

  it('seals its texts under the key of the child, so that they go with it', async () => {
    const { world, child, requestId } = await decided();
    const [stored] = await world.store.readStream(accessRequestStream(requestId));
    const open = async () => (await world.sealer.openPayloads(stored ? [stored] : []))[0]?.['identityProof'];
    expect(await open()).toBe('Legitimert med pass ved oppmøte');
    await world.keyStore.destroy(child);
    expect(await open()).toBe('[slettet]');
  });

  it('of another municipality, or about a case of another, is not found, and the owner is known to us', async () => {
    const { innsyn, asking, requestId } = await decided();
    const elsewhere = { caller: { ...request(ARCHIVIST).caller, municipality: '3405' } };
    for (const attempt of [
      innsyn('RequestInnsyn', asking, elsewhere),
      innsyn('DeliverInnsyn', { deliveredOn: TODAY, channel: 'Post' }, { ...elsewhere, requestId }),
    ]) {
      const error: unknown = await attempt.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(NotFound);
      expect(error).toMatchObject({ owner: { municipality: HAMAR } });
    }
  });

  it('names an id that is in use', async () => {
    const { innsyn, asking, requestId } = await decided();
    await expect(innsyn('RequestInnsyn', { ...asking, requestId })).rejects.toMatchObject({
      slug: 'id-in-use',
    });
  });

  it('of a party is for the party itself, also without a district', async () => {
    const { innsyn, asking, child } = await withDocument();
    const by = (subjectId: string) => ({
      caller: { ...request().caller, actor: { ...request().caller.actor, role: 'PART' as const, subjectId } },
    });
    await expect(innsyn('RequestInnsyn', asking, by('another'))).rejects.toMatchObject({ slug: 'forbidden' });
    await expect(innsyn('RequestInnsyn', asking, by(child))).resolves.toMatchObject({ revision: 0 });
  });

  it('does not tell a party whom the case does not know that there is one', async () => {
    const { world, innsyn, asking, caseId } = await withDocument();
    const stranger = await world.person({ birthDate: '1970-01-01' });
    const caller = {
      ...request().caller,
      actor: { ...request().caller.actor, role: 'PART' as const, subjectId: stranger },
    };
    for (const basis of ['PART_FVL18', 'GDPR_15']) {
      const own = { ...asking, basis, requester: { personRef: stranger, relation: 'ANNEN' } };
      await expect(innsyn('RequestInnsyn', own, { caller })).rejects.toMatchObject({
        name: 'NotFound',
        caseIds: [caseId],
      });
    }
  });

  it('delivers what was decided, with the hash of its bytes', async () => {
    const { world, innsyn, requestId, caseId } = await decided();
    const reading = new Innsyn(world.deps);
    const before = await reading.package(requestId);
    await world.handling.execute(
      'RecordChildParticipation',
      caseId,
      exampleOf('RecordChildParticipation'),
      request(),
    );
    await innsyn('DeliverInnsyn', { deliveredOn: TODAY, channel: 'Post' }, { requestId });
    expect((await reading.package(requestId)).text).toBe(before.text);
    const stored = await world.store.readStream(accessRequestStream(requestId));
    expect(JSON.parse(stored.at(-1)?.payload ?? '')).toMatchObject({
      data: { packageHash: before.packageHash },
    });
  });
});

describe('a document that is corrected after it was assessed', () => {
  const FULL = { decidedOn: TODAY, outcome: 'FULL' };

  async function corrected() {
    const given = await withDocument();
    const { world, innsyn, asking, documentId, caseId } = given;
    const { ids } = await innsyn('RequestInnsyn', asking);
    const requestId = String(ids['requestId']);
    const seen = { documentId, assessedOn: TODAY, result: 'FULL' };
    const assess = () => innsyn('AssessInnsynDocument', seen, { requestId });
    await assess();
    const [, journaled] = await world.store.readStream(caseStream(caseId));
    const correction = {
      targetEventId: journaled?.eventId,
      reason: 'Feil klasse',
      newValues: { documentClass: 'Ikke vurdert' },
      on: TODAY,
    };
    const correct = () => world.handling.execute('CorrectEntry', caseId, correction, request(ARCHIVIST));
    return { ...given, requestId, assess, correct };
  }

  it('is assessed anew before the request is decided', async () => {
    const { world, innsyn, requestId, assess, correct } = await corrected();
    await correct();
    const [item] = (await new Innsyn(world.deps).proposal(requestId)).filter((each) => each.assessment);
    expect(item?.assessment).toMatchObject({ result: 'FULL', outdated: true });
    await expect(innsyn('DecideInnsyn', FULL, { requestId })).rejects.toMatchObject({
      slug: 'refusal-basis-missing',
    });
    await expect(assess()).resolves.toMatchObject({ events: [{ type: 'InnsynDocumentAssessed' }] });
    await innsyn('DecideInnsyn', FULL, { requestId });
    expect((await new Innsyn(world.deps).package(requestId)).text).toContain('Ikke vurdert');
  });

  it('may be assessed and decided anew after the decision', async () => {
    const { innsyn, requestId, assess, correct } = await corrected();
    await innsyn('DecideInnsyn', FULL, { requestId });
    await correct();
    await expect(assess()).resolves.toMatchObject({ events: [{ type: 'InnsynDocumentAssessed' }] });
    await expect(innsyn('DecideInnsyn', FULL, { requestId })).resolves.toMatchObject({ revision: 4 });
  });
});

describe('the proposal', () => {
  it('keeps what was retracted in the list, and asks for no assessment of it', async () => {
    const { world, caseId, requestId, documentId } = await decided();
    const [, journaled] = await world.store.readStream(caseStream(caseId));
    const retraction = { targetEventId: journaled?.eventId, reason: 'Feil sak', on: TODAY };
    await world.handling.execute('RetractEntry', caseId, retraction, request(ARCHIVIST));
    const proposal = await new Innsyn(world.deps).proposal(requestId);
    expect(proposal.find((item) => item.documentId === documentId)).toMatchObject({
      retracted: true,
      mustBeAssessed: false,
    });
    expect(proposal.map(({ type }) => type)).toEqual([
      'ReferralReceived',
      'DocumentJournaled',
      'EntryRetracted',
    ]);
  });

  it('is of a request that exists', async () => {
    const { world } = await withDocument();
    const unknown = '00000000-0000-4000-8000-000000000000';
    await expect(new Innsyn(world.deps).proposal(unknown)).rejects.toThrow(NotFound);
  });
});
