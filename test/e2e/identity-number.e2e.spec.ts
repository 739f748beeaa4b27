import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client, Headers } from './support/client.js';
import { storedEvents } from './support/everything-stored.js';
import { operationsOf } from './support/operations.js';
import type { Operation } from './support/operations.js';
import { TestService } from './support/service.js';
import { openCase } from './support/story.js';

/** Synthetic (month + 80): a valid number, one with wrong check digits, a D-number, and one with a space. */
const NUMBERS = ['13891499978', '13891499979', '53891499951', '138914 99978'];
const ANY_OF_THEM = /(13|53)8914 ?999(78|79|51)/;
const HEADERS = [
  'x-correlation-id',
  'traceparent',
  'idempotency-key',
  'if-match',
  'min-position',
  'access-purpose',
  'supervision-id',
  'on-behalf-of',
  'user-agent',
  'accept',
  'content-type',
  'x-forwarded-for',
];

describe('an identity number sent where none belongs', () => {
  let service: TestService;
  let leader: Client;
  let caseId: string;
  let operations: readonly Operation[];
  const answers: Answer[] = [];

  beforeAll(async () => {
    service = await TestService.start();
    leader = await service.as({ role: 'LEDER', municipality: '3401' });
    ({ caseId } = await openCase(leader));
    operations = operationsOf((await service.anybody.get('/api/openapi.json')).body);
  });
  afterAll(() => service.close());

  const send = async (
    { method }: Operation,
    path: string,
    body: unknown,
    headers: Headers = {},
  ): Promise<void> => {
    answers.push(method === 'GET' ? await leader.get(path, headers) : await leader.post(path, body, headers));
  };
  const real = (path: string): string =>
    path
      .replace('{caseId}', caseId)
      .replace('{list}', 'melder')
      .replace(/\{\w+\}/g, caseId);

  it('is in the path of every route, and in its query', async () => {
    for (const number of NUMBERS) {
      for (const operation of operations) {
        const [example] = operation.examples;
        const written = encodeURIComponent(number);
        await send(operation, operation.path.replace(/\{\w+\}/g, written), example);
        await send(operation, `${real(operation.path)}?${written}=1`, example);
        for (const parameter of operation.parameters.filter((each) => each.in === 'query')) {
          await send(operation, `${real(operation.path)}?${parameter.name}=${written}`, example);
        }
      }
    }
  });

  it('is in every header of every route', async () => {
    const number = NUMBERS[0] as string;
    for (const operation of operations) {
      for (const header of HEADERS) {
        await send(operation, real(operation.path), operation.examples[0], { [header]: number });
      }
    }
  });

  it('is in every field of every body, and in the place of the body', async () => {
    for (const operation of operations.filter(({ body }) => body !== undefined)) {
      const [example] = operation.examples;
      for (const number of NUMBERS.slice(0, 2)) {
        for (const body of withNumber(example, number)) await send(operation, real(operation.path), body);
        await send(operation, real(operation.path), { ...(example as object), [number]: number });
        for (const raw of [number, `{"x":${number}`, `"${number}"`]) {
          await send(operation, real(operation.path), raw, { 'content-type': 'application/json' });
        }
      }
    }
  }, 120_000);

  it('comes back in no problem and no header, and is never a mistake of ours', () => {
    expect(answers.length).toBeGreaterThan(1000);
    const telling = answers.filter(
      ({ status, text, headers }) =>
        ANY_OF_THEM.test(JSON.stringify(headers)) || (status >= 400 && ANY_OF_THEM.test(text ?? '')),
    );
    expect(telling.map(({ status, body }) => [status, body['kode']])).toEqual([]);
    expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
  });

  it('is in no log line, no metric and no row', async () => {
    expect(service.logged).toContain('answered');
    expect(service.logged).not.toMatch(ANY_OF_THEM);
    expect((await service.anybody.get('/metrics')).text).not.toMatch(ANY_OF_THEM);
    expect(await storedEvents(service.database)).not.toMatch(ANY_OF_THEM);
  });

  it('is answered as any other wrong id when it stands in a path', async () => {
    const { status, text } = await leader.get(`/cases/${NUMBERS[0] as string}`);
    expect(status).toBe(400);
    expect(text).not.toMatch(ANY_OF_THEM);
  });
});

/** The example with the number in place of one of its leaves, for each leaf. */
function withNumber(value: unknown, number: string): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      withNumber(item, number).map((changed) => (value as unknown[]).with(index, changed)),
    );
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, member]) =>
      withNumber(member, number).map((changed) => ({ ...value, [name]: changed })),
    );
  }
  return [number];
}
