import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { decideRequest, INVESTIGATION, letter, OTHERS_HEALTH, requestBy } from './support/innsyn.js';
import { storedEvents } from './support/everything-stored.js';
import { TestService } from './support/service.js';
import { day, openCase, referralOf, registerFamily } from './support/story.js';
import type { OpenCase } from './support/story.js';

const HTML = { accept: 'text/html' };
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const itemsOf = ({ body }: { body: Json }) => (body as { items: Json[] }).items;
const entriesOf = ({ body }: { body: Json }) => (body as { entries: Json[] }).entries;

describe('access to the file (innsyn)', () => {
  let service: TestService;
  let clerk: Client;
  let archivist: Client;
  let opened: OpenCase;
  let referral: string;

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    archivist = await service.as({ role: 'ARKIVAR', municipality: '3401' });
    opened = await caseWith('<script>alert("x")</script> & barnet kommer ofte for sent');
    referral = await entryOf(opened, 'ReferralReceived');
  });
  afterAll(() => service.close());

  async function caseWith(description: string): Promise<OpenCase> {
    const { child, mother, father } = await registerFamily(clerk);
    const answer = await clerk.accepted('/referrals', {
      ...referralOf(child, mother, father),
      description,
    });
    const [made] = answer['cases'] as { caseId: string; referralId: string }[];
    if (made === undefined) throw new Error('The referral opened no case.');
    return { ...made, child, mother, father, position: answer['position'] as string };
  }

  async function entryOf({ caseId, position }: OpenCase, type: string): Promise<string> {
    const history = await clerk.seen(`/cases/${caseId}/history`, position);
    return itemsOf(history).find((item) => item['type'] === type)?.['eventId'] as string;
  }

  const asked = async (of: OpenCase, given: Json = {}): Promise<string> =>
    (await archivist.accepted('/access-requests', requestBy(of, given)))['requestId'] as string;

  const journal = async ({ caseId }: OpenCase, given: Json = {}): Promise<string> =>
    (await archivist.accepted(`/cases/${caseId}/documents`, letter(given)))['documentId'] as string;

  describe('asked for, assessed, decided and delivered', () => {
    let requestId: string;
    let document: string;
    let first: Awaited<ReturnType<Client['get']>>;

    beforeAll(async () => {
      document = await journal(opened);
      requestId = await asked(opened);
      await decideRequest(archivist, requestId, {
        [document]: { result: 'FULL' },
        [referral]: {
          result: 'DELVIS',
          exemption: OTHERS_HEALTH,
          reason: 'Melderen skal ikke kjennes igjen',
          redactions: ['/reporters'],
        },
      });
      first = await archivist.get(`/access-requests/${requestId}/package`);
    });

    it('proposes all that the case holds, marked by what must be assessed and what is internal', async () => {
      const proposal = await archivist.get(`/access-requests/${requestId}/proposal`);
      expect(itemsOf(proposal)).toEqual([
        expect.objectContaining({ type: 'ReferralReceived', kind: 'ENTRY', mustBeAssessed: false }),
        expect.objectContaining({
          documentId: document,
          kind: 'DOCUMENT',
          mustBeAssessed: true,
          internal: false,
          assessment: { assessedOn: day(0), result: 'FULL', decided: true },
        }),
      ]);
    });

    it('gives a manifest with every entry, its hash, what may be seen and the ground of what may not', () => {
      expect(first.status).toBe(200);
      expect(first.headers['content-type']).toMatch(/^application\/json/);
      expect(entriesOf(first)).toMatchObject([
        {
          number: 1,
          type: 'ReferralReceived',
          result: 'DELVIS',
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          position: expect.stringMatching(/^[a-z]+(?::\d{20}){1,2}$/),
          content: { reporters: '[unntatt]' },
          withheld: {
            fields: ['/reporters'],
            ground: { text: 'forvaltningsloven § 19 andre ledd bokstav b' },
          },
        },
        { number: 2, kind: 'DOCUMENT', result: 'FULL', archive: { reference: '2026/00042-1' } },
      ]);
      expect(first.text).not.toContain('skal ikke kjennes igjen');
    });

    it('is the same package byte for byte, whatever the case holds later', async () => {
      await journal(opened, { documentId: '5a3f0c1e-00d0-4000-8000-000000000002' });
      const again = await archivist.get(`/access-requests/${requestId}/package`);
      expect(again.text).toBe(first.text);
    });

    it('is a readable page too, with everything of the case escaped', async () => {
      const page = await archivist.get(`/access-requests/${requestId}/package`, HTML);
      expect(page.headers['content-type']).toMatch(/^text\/html/);
      expect(page.headers['content-security-policy']).toContain("default-src 'self'");
      expect(page.text).toContain('<html lang="nb">');
      expect(page.text).toContain('&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62; &#38; barnet');
      expect(page.text).not.toContain('<script');
      expect(page.text).toContain('Holdt tilbake etter forvaltningsloven § 19 andre ledd bokstav b.');
      expect((await archivist.get(`/access-requests/${requestId}/package`, HTML)).text).toBe(page.text);
    });

    it('is delivered with the hash of exactly what was handed over', async () => {
      const delivered = await archivist.accepted(`/access-requests/${requestId}/delivery`, {
        deliveredOn: day(0),
        channel: 'Digital postkasse',
      });
      const { body } = await archivist.seen(`/access-requests/${requestId}`, delivered['position']);
      expect(body).toMatchObject({
        state: 'DELIVERED',
        outcome: 'DELVIS',
        deliveredOn: day(0),
        packageHash: createHash('sha256').update(first.text).digest('hex'),
        standings: [{ caseId: opened.caseId, standing: 'FORELDREANSVAR' }],
        requester: { personRef: opened.mother, name: { first: 'Mona', last: 'Prøvesen' } },
        identityProof: 'Legitimert med pass ved oppmøte',
      });
      const register = await archivist.get('/access-requests');
      expect(itemsOf(register)).toContainEqual(
        expect.objectContaining({ requestId, state: 'DELIVERED', dueOn: expect.any(String), overdue: false }),
      );
    });

    it('is the party’s to read, and no other party’s', async () => {
      const party = await service.as({ role: 'PART', municipality: '3401', sub: opened.mother });
      const other = await service.as({ role: 'PART', municipality: '3401', sub: opened.father });
      expect((await party.get(`/access-requests/${requestId}/package`)).text).toBe(first.text);
      const own = await party.get(`/access-requests/${requestId}`);
      expect(own.status).toBe(200);
      expect(own.body).not.toHaveProperty('assessments');
      expect(itemsOf(await party.get('/access-requests')).map((item) => item['requestId'])).toContain(
        requestId,
      );
      expect(itemsOf(await other.get('/access-requests'))).toEqual([]);
      expect((await other.get(`/access-requests/${requestId}`)).status).toBe(404);
      expect((await other.get(`/access-requests/${requestId}/package`)).status).toBe(404);
      expect((await party.get(`/access-requests/${requestId}/proposal`)).status).toBe(403);
    });

    it('is another municipality’s unknown id, for reads and commands, and the attempt stands in the owner’s log', async () => {
      const elsewhere = await service.as({ role: 'ARKIVAR', municipality: '4203', sub: 'fremmed-arkivar' });
      const at = `/access-requests/${requestId}`;
      for (const path of [at, `${at}/proposal`, `${at}/package`]) {
        expect((await elsewhere.get(path)).status).toBe(404);
      }
      expect(itemsOf(await elsewhere.get('/access-requests'))).toEqual([]);
      const body = { decidedOn: day(0), outcome: 'FULL' };
      expect((await elsewhere.post(`${at}/decision`, body)).status).toBe(404);
      expect((await elsewhere.post('/access-requests', requestBy(opened))).status).toBe(404);
      const leader = await service.as({ role: 'LEDER', municipality: '3401' });
      const { position } = await openCase(clerk);
      const trail = await leader.seen('/audit-trail?limit=200', position);
      const denied = itemsOf(trail).filter(
        ({ actor, decision }) => decision === 'DENY' && (actor as Json)['subjectId'] === 'fremmed-arkivar',
      );
      expect(denied.map(({ what }) => (what as Json)['view'])).toEqual(
        expect.arrayContaining([
          'GET /access-requests/{requestId}',
          'GET /access-requests/{requestId}/package',
          'POST /access-requests/{requestId}/decision',
        ]),
      );
    });

    it('has its texts sealed under the key of the child, not in clear where it is stored', async () => {
      expect(first.text).toContain('barnet kommer ofte for sent');
      const stored = await storedEvents(service.database);
      expect(stored).toContain(requestId);
      expect(stored).not.toContain('Legitimert med pass');
      expect(stored).not.toContain('skal ikke kjennes igjen');
    });
  });

  it('is not decided before every document is assessed, nor delivered before it is decided', async () => {
    const other = await openCase(clerk);
    await journal(other);
    const requestId = await asked(other);
    const at = `/access-requests/${requestId}`;
    const decision = await archivist.post(`${at}/decision`, { decidedOn: day(0), outcome: 'FULL' });
    expect(decision.body).toMatchObject({ status: 422, kode: 'refusal-basis-missing', regel: '55' });
    const delivery = await archivist.post(`${at}/delivery`, { deliveredOn: day(0), channel: 'Post' });
    expect(delivery.body).toMatchObject({ status: 409, kode: 'no-decision' });
    expect((await archivist.get(`${at}/package`)).body).toMatchObject({ status: 409, kode: 'no-decision' });
  });

  it('is for those who are identified and have standing, and a key repeated gives the first answer', async () => {
    const other = await openCase(clerk);
    const stranger = { personRef: opened.mother, relation: 'FORELDER' };
    const without = await archivist.post('/access-requests', requestBy(other, { requester: stranger }));
    expect(without.body).toMatchObject({ status: 422, kode: 'requester-not-identified', regel: '54' });
    const key = { 'idempotency-key': '7115a000-0001-4000-8000-00000000000a' };
    const one = await archivist.post('/access-requests', requestBy(other), key);
    const two = await archivist.post('/access-requests', requestBy(other), key);
    expect(one.status).toBe(201);
    expect(two.text).toBe(one.text);
    const unknown = await archivist.post('/access-requests', requestBy(other, { caseIds: [UNKNOWN] }));
    expect(unknown.status).toBe(404);
  });

  it('shows a child under 15 nothing confidential (rule 57)', async () => {
    const other = await openCase(clerk);
    const requester = { personRef: other.child, relation: 'BARN' };
    const requestId = await asked(other, { requester, basis: 'PART_FVL18' });
    const document = await journal(other);
    const full = await archivist.post(`/access-requests/${requestId}/document-assessments`, {
      documentId: document,
      assessedOn: day(0),
      result: 'FULL',
    });
    expect(full.body).toMatchObject({ status: 422, kode: 'under-15-confidential', regel: '57' });
  });

  it('refused during an investigation is a task on the request and the case when it is concluded', async () => {
    const other = await openCase(clerk);
    const leader = await service.as({ role: 'LEDER', municipality: '3401' });
    const at = `/cases/${other.caseId}`;
    await clerk.accepted(`${at}/referrals/${other.referralId}/assessment`, {
      assessedOn: day(-76),
      conclusion: 'INVESTIGATE',
      immediateActionNeeded: false,
      professionalAssessment: 'Må undersøkes.',
    });
    const { investigationId } = await clerk.accepted(`${at}/investigations`, {
      referralIds: [other.referralId],
      startedOn: day(-76),
      planId: UNKNOWN,
    });
    const document = await journal(other);
    const requestId = await asked(other);
    const decided = await decideRequest(archivist, requestId, {
      [document]: { result: 'NEKTET', exemption: INVESTIGATION },
    });
    const before = await archivist.seen(`/access-requests/${requestId}`, decided['position']);
    expect(before.body).toMatchObject({ tasks: [] });
    const decision = await archivist.accepted(`${at}/documents`, {
      ...letter({ documentId: '5a3f0c1e-00d0-4000-8000-000000000003', documentClass: 'VEDTAK' }),
    });
    await clerk.accepted(`${at}/participations`, {
      phase: 'UNDERSOKELSE',
      method: 'CONVERSATION',
      heldOn: day(-10),
      opinion: 'Ja',
      weight: 'Lagt til grunn',
      informedOfUse: true,
    });
    const concluded = await leader.accepted(`${at}/investigations/${String(investigationId)}/conclusion`, {
      concludedOn: day(0),
      outcome: 'HENLAGT',
      grounds: [{ code: '1.2.03' }],
      findings: 'Ikke grunnlag.',
      documentId: decision['documentId'],
      facts: 'Forhold.',
      professionalAssessment: 'Vurdering.',
      childOpinion: 'Mening.',
      weightGiven: 'Vekt.',
      bestInterests: 'Beste.',
      familyTies: 'Bånd.',
      decisionId: '5a3f0c1e-00d0-4000-8000-000000000009',
    });
    const [event] = concluded['events'] as Json[];
    const task = expect.objectContaining({
      rule: '56',
      causedBy: event?.['eventId'],
      requestId,
      documentId: document,
    });
    const after = await archivist.seen(`/access-requests/${requestId}`, concluded['position']);
    expect(after.body['tasks']).toEqual([task]);
    const theCase = await clerk.get(at);
    expect(theCase.body['tasks']).toContainEqual(task);

    const again = await decideRequest(archivist, requestId, {
      [document]: { result: 'FULL' },
      [String(decision['documentId'])]: { result: 'FULL' },
    });
    const done = await archivist.seen(`/access-requests/${requestId}`, again['position']);
    expect(done.body).toMatchObject({ outcome: 'FULL', tasks: [] });
  });

  it('stands as a page of who read the case, for the person concerned', async () => {
    const party = await service.as({ role: 'PART', municipality: '3401', sub: opened.child });
    const page = await party.get(`/cases/${opened.caseId}/access-log`, HTML);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.text).toContain('Hvem har lest saken');
    expect(page.text).toContain('innsynspakken');
    const json = await party.get(`/cases/${opened.caseId}/access-log`, { accept: 'application/json' });
    expect(itemsOf(json).length).toBeGreaterThan(1);
  });
});
