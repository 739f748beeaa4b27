import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../apps/cli/store.js';
import { loadConfig } from '#forlop/platform';
import type { Client, Json } from '../e2e/support/client.js';
import { TestService } from '../e2e/support/service.js';
import { day, openCase, type OpenCase } from '../e2e/support/story.js';
import { CommandLoad } from '../support/command-load.js';

/** An EventStoreDB that a test takes away and brings back. */
export interface Removable {
  readonly url: string;
  away(): Promise<void>;
  back(): Promise<void>;
}

const LONGEST = 10_000;

/** What a service on EventStoreDB does while that is away under load, and after. */
export function storeAwaySuite(name: string, open: () => Promise<Removable>): void {
  describe(`a service whose event store goes away under load: ${name}`, () => {
    let server: Removable;
    let service: TestService;
    let clerk: Client;
    let leader: Client;
    let opened: OpenCase;
    let reads = 0;

    beforeAll(async () => {
      server = await open();
      service = await TestService.start({ events: server.url });
      clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
      leader = await service.as({ role: 'LEDER', municipality: '3401' });
      opened = await openCase(clerk);
      await read(opened.position);
    });
    afterAll(async () => {
      await service.close();
    });

    const read = async (position?: string) => {
      const headers = position === undefined ? {} : { 'min-position': position };
      const answer = await clerk.get(`/cases/${opened.caseId}`, headers);
      expect([answer.status, answer.body['kode']]).toEqual([200, undefined]);
      reads += 1;
      return answer;
    };

    it('refuses commands with Retry-After, answers reads and says how old they are, and catches up by itself', async () => {
      const load = new CommandLoad(clerk);
      await load.more('acknowledged', 40);
      await server.away();
      await load.more('refused', 24);

      for (const { status, kode, retryAfter } of load.refused) {
        expect([status, kode]).toEqual([503, 'store-unavailable']);
        expect(retryAfter).toMatch(/^\d+$/);
      }
      const first = await read();
      expect(first.headers['position']).toMatch(/^esdb:/);
      await grown(first.headers['lag-seconds']);
      // The list holds the case too.
      for (const path of ['/cases', `/cases/${opened.caseId}/history`]) {
        expect([path, (await clerk.get(path)).status]).toEqual([path, 200]);
        reads += 1;
      }
      expect((await service.anybody.get('/codes')).status).toBe(200);
      expect((await service.anybody.get('/health/live')).status).toBe(200);
      const unknown = await clerk.get('/cases/00000000-0000-4000-8000-000000000000');
      expect([unknown.status, unknown.headers['retry-after']]).toEqual([503, expect.stringMatching(/^\d+$/)]);

      await server.back();
      const begun = performance.now();
      await load.more('acknowledged', 16);
      expect(performance.now() - begun).toBeLessThan(LONGEST);
      const acknowledged = await load.end();

      const last = acknowledged
        .map(({ position }) => position)
        .sort()
        .at(-1);
      await read(last);
      const store = await openStore(
        loadConfig({ EVENTSTORE_URL: server.url }),
        service.database.serviceUrl,
        'test',
      );
      for (const { streamId, eventId } of acknowledged) {
        const ids = (await store.readStream(streamId)).map((event) => event.eventId);
        expect(ids).toEqual([eventId]);
      }
      await store.close();
      expect(new Set(acknowledged.map(({ personId }) => personId)).size).toBe(acknowledged.length);
      expect(acknowledged.some(({ sent }) => sent > 1)).toBe(true);
    });

    it('has every read of that time in the access log, once', async () => {
      const wanted = reads;
      const seen = async (): Promise<number> => {
        const { position } = await clerk.accepted('/persons', {
          identifier: { kind: 'NONE' },
          name: { first: 'Synne', last: 'Testdatter' },
          birthDate: '2014-09-13',
          addressProtection: 'UGRADERT',
          on: day(0),
        });
        const trail = await leader.seen(`/cases/${opened.caseId}/audit-trail?limit=200`, position);
        const items = trail.body['items'] as Json[];
        return items.filter(({ actor }) => (actor as Json)['role'] === 'SAKSBEHANDLER').filter(isRead).length;
      };
      const begun = performance.now();
      let found = await seen();
      while (found < wanted && performance.now() - begun < LONGEST) found = await seen();
      expect(found).toBe(wanted);
    });

    /** Reads until the answer says that it has grown older. */
    async function grown(from: string | undefined): Promise<void> {
      const begun = performance.now();
      for (;;) {
        const { headers } = await read();
        if (Number(headers['lag-seconds']) > Number(from)) return;
        expect(performance.now() - begun).toBeLessThan(LONGEST);
      }
    }
  });
}

const isRead = ({ type, decision }: Json): boolean => type === 'CaseHistoryAccessed' && decision === 'PERMIT';
