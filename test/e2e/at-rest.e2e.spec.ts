import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allEvents, separate } from '#forlop/domain';
import { playCase } from './support/case-to-end.js';
import type { Client, Json } from './support/client.js';
import { storedEvents, storedKeys } from './support/everything-stored.js';
import { TestService } from './support/service.js';
import { today } from './support/story.js';

const NUMBER = '13891499978';

describe('what is stored of a whole case', () => {
  let service: TestService;
  let clerk: Client;
  let secrets: readonly string[];

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const leader = await service.as({ role: 'LEDER', municipality: '3401' });
    await clerk.accepted('/persons', person);
    const { caseId, position } = await playCase(clerk, leader);
    const { body } = await clerk.seen(`/cases/${caseId}/history?limit=200`, position);
    secrets = [...textsIn((body as { items: Json[] }).items), ...PERSON_TEXTS, 'Prøvesen', '1988-04-02'];
  });
  afterAll(() => service.close());

  const person = {
    identifier: { kind: 'FNR', value: NUMBER },
    name: { first: 'Hemmeligine', last: 'Skjultsen' },
    birthDate: '2014-09-13',
    address: { lines: ['Gjemmeveien 17'], postalCode: '2317', city: 'Lønndal' },
    addressProtection: 'UGRADERT',
    relations: [],
    on: today(),
  };
  const PERSON_TEXTS = [NUMBER, 'Hemmeligine', 'Skjultsen', 'Gjemmeveien 17', 'Lønndal', '2014-09-13'];

  /** What the definitions of the events call personal. */
  const textsIn = (items: readonly Json[]): string[] =>
    items.flatMap(({ type, data }) => {
      const definition = allEvents[type as string];
      return definition ? [...separate(definition.shape, data as object).personal] : [];
    });

  it('holds nothing in clear that the model seals, in any table of events and read models', async () => {
    const stored = await storedEvents(service.database);
    expect(stored).toContain('MeasureDecided');
    const telling = [...new Set(secrets)].filter((secret) => secret.length > 5 && !secret.startsWith('20'));
    expect(telling.length).toBeGreaterThan(50);
    expect(telling.filter((secret) => stored.includes(secret))).toEqual([]);
  });

  it('holds no identifier beside the keys either', async () => {
    const stored = await storedKeys(service.database);
    expect(stored.length).toBeGreaterThan(100);
    expect(PERSON_TEXTS.filter((text) => stored.includes(text))).toEqual([]);
  });
});
