import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from './support/client.js';
import { operationsOf, pathWith } from './support/operations.js';
import type { Operation } from './support/operations.js';
import { TestService } from './support/service.js';

const FORMATS = ['uuid', 'date', 'date-time', 'duration'];

describe('the OpenAPI document', () => {
  let service: TestService;
  let document: Json;
  let operations: readonly Operation[];

  beforeAll(async () => {
    service = await TestService.start();
    document = (await service.anybody.get('/api/openapi.json')).body;
    operations = operationsOf(document);
  });
  afterAll(() => service.close());

  const validator = (): Ajv2020 => {
    const ajv = new Ajv2020({
      strict: false,
      allErrors: true,
      formats: Object.fromEntries(FORMATS.map((f) => [f, true])),
    });
    ajv.addSchema({ ...document, $id: 'openapi' });
    return ajv;
  };

  it('is version 3.1 and names every route of the first slice', () => {
    expect(document['openapi']).toBe('3.1.0');
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'POST /api/v1/persons',
        'POST /api/v1/persons/search',
        'POST /api/v1/persons/{personId}/correction',
        'POST /api/v1/referrals',
        'POST /api/v1/cases/{caseId}/referrals/{referralId}/assessment',
        'POST /api/v1/cases/{caseId}/consents/refusal',
        'POST /api/v1/cases/{caseId}/measures/{measureId}/end',
        'GET /api/v1/cases/{caseId}/access-log',
        'GET /api/v1/audit-trail',
        'GET /api/v1/codes/{list}',
        'POST /api/v1/access-requests/{requestId}/document-assessments',
        'GET /api/v1/access-requests/{requestId}/package',
        'POST /api/v1/state-reports/{kommunenr}/{year}/generation',
        'GET /api/v1/state-reports/{kommunenr}/{year}/indicators/{Qn}/events',
        'POST /api/v1/supervisions/{supervisionId}/close',
        'GET /api/v1/supervisions/{supervisionId}',
      ]),
    );
    expect(operations.filter(({ path }) => path.startsWith('/api/v1')).length).toBe(55);
  });

  it('resolves every reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, ref]) => ref as string,
    );
    const missing = references.filter(
      (ref) =>
        ref
          .slice(2)
          .split('/')
          .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document) === undefined,
    );
    expect(missing).toEqual([]);
  });

  it('has an example for every body that fits its own schema', () => {
    const ajv = validator();
    const bodies = operations.filter(({ body }) => body !== undefined);
    expect(bodies.length).toBeGreaterThan(25);
    for (const { name, schemaPointer, examples } of bodies) {
      const validate = ajv.getSchema(`openapi#${schemaPointer}`);
      expect(examples).not.toEqual([]);
      for (const example of examples) {
        void validate?.(example);
        expect([name, validate?.errors ?? null]).toEqual([name, null]);
      }
    }
  });

  it('has examples that the service itself finds no field error in', async () => {
    const leader = await service.as({ role: 'LEDER', municipality: '3401' });
    for (const { name, path, examples } of operations.filter(({ body }) => body !== undefined)) {
      const answer = await leader.post(pathWith(path, '00000000-0000-4000-8000-000000000000'), examples[0]);
      expect([name, answer.body['feil'] ?? []]).toEqual([name, []]);
    }
  });

  it('describes the problems that routes answer with', async () => {
    const validate = validator().getSchema('openapi#/components/schemas/Problem');
    const clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const answers = await Promise.all([
      clerk.post('/persons', {}),
      clerk.get('/nope'),
      service.anybody.get('/cases'),
    ]);
    for (const { body } of answers) {
      void validate?.(body);
      expect(validate?.errors ?? null).toBeNull();
    }
  });

  it('stands behind an interactive page that asks no other host for anything', async () => {
    const page = await service.anybody.get('/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    const links = [...page.text.matchAll(/(?:src|href)=['"]([^'"]+)['"]/g)].map(([, link]) => link as string);
    expect(links.filter((link) => /^(https?:)?\/\//.test(link))).toEqual([]);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    for (const link of links.filter((each) => !each.startsWith('data:'))) {
      const { status } = await service.anybody.get(new URL(link, 'http://x/docs').pathname);
      expect([link, status]).toEqual([link, 200]);
    }
  });

  it('has a page that lists every problem', async () => {
    const page = await service.anybody.get('/docs/problems');
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.text).toContain('consent-missing');
    expect(page.text).toContain('internal-error');
  });
});
