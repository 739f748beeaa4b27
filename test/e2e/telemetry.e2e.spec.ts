import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { type Telemetry, startTelemetry } from '#forlop/platform';
import type { Client } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const TRACEPARENT = { traceparent: `00-${TRACE}-${CALLER}-01` };
const TRACES = { sampler: 'parentbased_always_on', ratio: 1, everyMs: 20 } as const;

describe('a service that is traced', () => {
  const exporter = new InMemorySpanExporter();
  let telemetry: Telemetry;
  let service: TestService;
  let clerk: Client;
  let caseId: string;
  beforeAll(async () => {
    const settings = { serviceName: 'forlop-test', traces: TRACES, metrics: undefined };
    telemetry = await startTelemetry(settings, { warn: () => undefined }, exporter);
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    caseId = (await openCase(clerk)).caseId;
  });
  afterAll(async () => {
    await service.close();
    await telemetry.close();
  });

  /** Waits until a span is told that looks like this. */
  async function told(looked: (span: ReadableSpan) => boolean): Promise<ReadableSpan> {
    const until = performance.now() + 15_000;
    while (performance.now() < until) {
      const found = exporter.getFinishedSpans().find(looked);
      if (found !== undefined) return found;
      await pause(20);
    }
    throw new Error(
      `only ${exporter
        .getFinishedSpans()
        .map(({ name }) => name)
        .join(', ')}`,
    );
  }
  const named = (name: string) => told((span) => span.name === name && traceOf(span) === TRACE);
  const traceOf = (span: ReadableSpan): string => span.spanContext().traceId;

  it('tells of request, command and append in the caller’s trace, each within the other', async () => {
    const answer = await clerk.post(`/cases/${caseId}/start-meetings`, { on: day(-1) }, TRACEPARENT);
    expect([answer.status, answer.headers['x-correlation-id']]).toEqual([201, TRACE]);
    const request = await named('POST /api/v1/cases/:caseId/start-meetings');
    const command = await named('command HoldStartMeeting');
    const append = await named('append');
    expect(request.parentSpanContext?.spanId).toBe(CALLER);
    expect(command.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    expect(append.parentSpanContext?.spanId).toBe(command.spanContext().spanId);
    expect(request.attributes).toMatchObject({
      'http.response.status_code': 201,
      'forlop.correlation_id': TRACE,
    });
    expect(command.attributes).toMatchObject({ 'forlop.command.outcome': 'accepted' });
    expect(append.attributes).toMatchObject({ 'forlop.event.types': ['StartMeetingHeld'] });
    expect(Number(append.attributes['forlop.append.batch.size'])).toBeGreaterThan(0);
    expect(append.resource.attributes['service.name']).toBe('forlop-test');
  });

  it('links the projection’s batch to the command, and carries its correlation id', async () => {
    const command = await named('command HoldStartMeeting');
    const { spanId } = command.spanContext();
    const batch = await told(
      ({ name, links }) =>
        name === 'project case-history' && links.some(({ context }) => context.spanId === spanId),
    );
    const link = batch.links.find(({ context }) => context.spanId === spanId);
    expect(link?.context.traceId).toBe(TRACE);
    expect(link?.attributes).toEqual({ 'forlop.correlation_id': TRACE });
    expect(traceOf(batch)).not.toBe(TRACE);
    expect(batch.attributes).toMatchObject({
      'forlop.projection': 'case-history',
      'forlop.correlation_ids': expect.arrayContaining([TRACE]),
      'forlop.event.count': expect.any(Number),
      'forlop.position': expect.stringMatching(/^[a-z]+(?::\d{20}){1,2}$/),
    });
    expect(batch.attributes['forlop.row.count']).toBeGreaterThan(0);
  });

  it('carries a correlation id of the client’s own beside the trace', async () => {
    const correlation = 'b3d1a5c2-6f0e-4e7a-9c58-2f1d7c6b9a10';
    const headers = { ...TRACEPARENT, 'x-correlation-id': correlation };
    await clerk.post(`/cases/${caseId}/start-meetings`, { on: day(-2) }, headers);
    const has = (span: ReadableSpan) =>
      span.links.some(({ attributes }) => attributes?.['forlop.correlation_id'] === correlation);
    const batch = await told((span) => span.name === 'project case-overview' && has(span));
    expect(
      batch.links.find(({ attributes }) => attributes?.['forlop.correlation_id'] === correlation),
    ).toMatchObject({ context: { traceId: TRACE } });
  });

  it('tells of a refusal by its kind, which is no error, and of a read by its route', async () => {
    const refused = await clerk.post(`/cases/${caseId}/start-meetings`, { on: day(30) }, TRACEPARENT);
    expect(refused.status).toBe(422);
    const command = await told(
      ({ attributes }) => attributes['forlop.command.outcome'] === refused.body['kode'],
    );
    expect([command.status.code, command.events]).toEqual([0, []]);
    await clerk.get(`/cases/${caseId}`, TRACEPARENT);
    const query = await named('query GET /cases/{caseId}');
    expect(query.attributes['forlop.query.outcome']).toBe('answered');
  });

  it('names no case and no person in any span, and no trace for what is not the API', async () => {
    await service.anybody.get('/health/live');
    await clerk.get(`/cases/${caseId}`, TRACEPARENT);
    const spans = exporter.getFinishedSpans();
    const said = JSON.stringify(
      spans.map(({ name, attributes, events, links, status }) => ({
        name,
        attributes,
        events,
        links,
        status,
      })),
    );
    expect(spans.length).toBeGreaterThan(20);
    expect(said).not.toContain(caseId);
    expect(said).not.toMatch(/childcase-|person-|\/health/);
    expect(said).not.toContain('ansatt-saksbehandler');
  });
});
