import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';

/** Every name in an expression that is a metric's: what stands before braces, a range or a bracket that closes. */
const METRIC = /\b(?:forlop|http|process|nodejs|v8js)_[a-z0-9_]+\b(?!=)/g;

/** Every `expr` and variable query of a dashboard. */
function expressionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    ['expr', 'query'].includes(name) && typeof inner === 'string' ? [inner] : expressionsIn(inner),
  );
}

describe('/metrics', () => {
  let service: TestService;
  let clerk: Client;
  let text: string;
  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const { caseId } = await openCase(clerk);
    const { position } = await clerk.accepted(`/cases/${caseId}/start-meetings`, { on: day(-1) });
    await clerk.post(`/cases/${caseId}/start-meetings`, { on: day(30) });
    await clerk.seen(`/cases/${caseId}`, position);
    text = await scraped(/^forlop_reactor_events_total\{/m);
  });
  afterAll(() => service.close());

  /** The page, once it tells of something that begins later than the service. */
  async function scraped(of: RegExp): Promise<string> {
    const until = performance.now() + 30_000;
    while (performance.now() < until) {
      const page = await service.anybody.get('/metrics');
      if (of.test(page.text)) return page.text;
      await pause(100);
    }
    throw new Error(`/metrics does not tell of ${of.source}`);
  }

  const value = (series: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')
        .at(-1),
    );
  const names = () => new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));

  it('says lag, parked streams and failure of every projection and reactor that /health/ready says', async () => {
    const { projections, reactors } = (await service.anybody.get('/health/ready')).body as {
      projections: Json[];
      reactors: Json[];
    };
    const all = [
      ...projections.map(({ projection }) => ['projection', projection]),
      ...reactors.map(({ reactor }) => ['reactor', reactor]),
    ];
    expect(all.length).toBeGreaterThan(6);
    for (const [kind, name] of all) {
      for (const what of ['lag_events', 'lag_seconds', 'parked_streams', 'failed']) {
        const series = `forlop_${String(kind)}_${what}{${String(kind)}="${String(name)}"}`;
        expect([series, value(series)]).toEqual([series, expect.any(Number)]);
        expect(value(series)).toBeGreaterThanOrEqual(0);
      }
    }
    expect(value('forlop_database_up')).toBe(1);
    expect(value('forlop_projection_parked_streams{projection="case-history"}')).toBe(0);
  });

  it('counts commands by outcome, refusals by kind, appends with their batches, rows and reads', () => {
    const held = 'command="HoldStartMeeting"';
    expect(value(`forlop_command_duration_seconds_count{${held},outcome="accepted"}`)).toBe(1);
    expect(value(`forlop_command_duration_seconds_count{${held},outcome="refused"}`)).toBe(1);
    expect(text).toMatch(/forlop_command_refusals_total\{command="HoldStartMeeting",problem="[a-z-]+"\} 1/);
    expect(value('forlop_append_batch_size_count')).toBeGreaterThan(0);
    expect(value('forlop_append_events_total')).toBeGreaterThan(2);
    expect(value('forlop_append_duration_seconds_count{outcome="appended"}')).toBeGreaterThan(0);
    expect(value('forlop_projection_events_total{projection="case-history"}')).toBeGreaterThan(0);
    expect(value('forlop_projection_rows_total{projection="case-history"}')).toBeGreaterThan(0);
    expect(value('forlop_query_duration_seconds_count{query="GET /cases/{caseId}",outcome="answered"}')).toBe(
      1,
    );
    expect(value('v8js_memory_heap_used_bytes')).toBeGreaterThan(1e6);
  });

  it('has every name that the dashboard draws, and the dashboard draws every name that is Forløp’s own', async () => {
    const dashboard = JSON.parse(await readFile('docker/grafana/forlop.json', 'utf8')) as Json;
    const drawn = new Set(
      expressionsIn(dashboard)
        .flatMap((expression) => expression.match(METRIC) ?? [])
        .filter((name) => !['http_route', 'http_request_method', 'http_response_status_code'].includes(name))
        .map((name) => (names().has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''))),
    );
    expect([...drawn].filter((name) => !names().has(name))).toEqual([]);
    expect([...names()].filter((name) => name?.startsWith('forlop_') && !drawn.has(name))).toEqual([]);
  });
});
