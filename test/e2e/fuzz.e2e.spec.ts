import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  accessRequestCommands,
  commandsOfCase,
  personCommands,
  referralBody,
  stateReportCommands,
  supervisionCommands,
} from '#forlop/domain';
import type { CommandDefinition, Shape } from '#forlop/domain';
import { bodyBroken, bodyFitting } from '../../apps/api/dto/arbitrary-body.fixture.js';
import type { Client } from './support/client.js';
import { operationsOf, pathWith } from './support/operations.js';
import type { Operation } from './support/operations.js';
import { TestService } from './support/service.js';
import { openCase } from './support/story.js';

const definitions: Record<string, CommandDefinition> = {
  ...commandsOfCase,
  ...personCommands,
  ...accessRequestCommands,
  ...supervisionCommands,
  ...stateReportCommands,
};

function shapeOf(name: string): Shape {
  if (name === 'ReceiveReferral') return referralBody;
  const { shape, path } = definitions[name] as CommandDefinition;
  return Object.fromEntries(Object.entries(shape).filter(([field]) => !path.includes(field)));
}

describe('any body at all', () => {
  let service: TestService;
  let leader: Client;
  let caseId: string;
  let operations: readonly Operation[];

  beforeAll(async () => {
    service = await TestService.start();
    leader = await service.as({ role: 'LEDER', municipality: '3401' });
    ({ caseId } = await openCase(leader));
    const document = (await service.anybody.get('/api/openapi.json')).body;
    operations = operationsOf(document).filter(({ name }) => Object.hasOwn(definitions, name));
  });
  afterAll(() => service.close());

  const expectAnswer = async (
    { path, name }: Operation,
    body: unknown,
    may: readonly number[],
  ): Promise<void> => {
    const answer = await leader.post(pathWith(path, caseId), body);
    expect([name, may.includes(answer.status) ? 'as it may be' : `${answer.status} ${answer.text}`]).toEqual([
      name,
      'as it may be',
    ]);
  };

  it('that fits its shape is judged by the rules, and never breaks the service', async () => {
    expect(operations.length).toBe(38);
    for (const operation of operations) {
      await fc.assert(
        fc.asyncProperty(bodyFitting(shapeOf(operation.name)), (body) =>
          expectAnswer(operation, body, [200, 201, 400, 403, 404, 409, 422]),
        ),
        { numRuns: 12 },
      );
    }
  }, 120_000);

  it('that does not fit is refused, and never breaks the service', async () => {
    for (const operation of operations) {
      await fc.assert(
        fc.asyncProperty(bodyBroken(shapeOf(operation.name)), (body) =>
          expectAnswer(operation, body, [200, 201, 400, 403, 404, 409, 422]),
        ),
        { numRuns: 12 },
      );
    }
  }, 120_000);

  it('of any JSON is a problem of the client', async () => {
    const [operation] = operations as [Operation];
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (text) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await leader.post(pathWith(operation.path, caseId), text, headers);
        expect(answer.status).toBe(400);
      }),
      { numRuns: 60 },
    );
  });
});
