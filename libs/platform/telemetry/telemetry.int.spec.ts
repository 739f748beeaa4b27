import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { metrics, trace } from '@opentelemetry/api';
import { metricRegistry } from './registry.js';
import { startTelemetry } from './telemetry.js';

const SETTINGS = {
  serviceName: 'forlop-test',
  traces: { sampler: 'always_on', ratio: 1, everyMs: 60_000 },
  metrics: { everyMs: 60_000 },
} as const;
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** Takes what a collector takes, and keeps it. */
class Collector {
  readonly received: { readonly path: string; readonly type: string; readonly body: string }[] = [];
  status = 200;
  private server: Server | undefined;

  async open(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const sent = Buffer.concat(chunks);
        const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
        const type = request.headers['content-type'] ?? '';
        this.received.push({ path: request.url ?? '', type, body: body.toString('latin1') });
        response.writeHead(this.status, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}

describe('telemetry', () => {
  const collector = new Collector();
  const warned: string[] = [];
  const log = { warn: (message: string) => void warned.push(message) };
  let endpoint: string;
  beforeAll(async () => {
    endpoint = await collector.open();
  });
  afterEach(() => {
    delete process.env[ENDPOINT];
  });
  afterAll(() => collector.close());

  it('does nothing where nothing asks for it', async () => {
    const telemetry = await startTelemetry(undefined, log);
    expect(trace.getTracer('forlop').startSpan('nothing').isRecording()).toBe(false);
    await telemetry.close();
  });

  it('sends traces and the numbers of /metrics to the collector, the last of both when it ends', async () => {
    process.env[ENDPOINT] = endpoint;
    const telemetry = await startTelemetry(SETTINGS, log);
    const meter = metrics.getMeter('forlop');
    meter.createCounter('forlop.test.counted', { unit: '{event}' }).add(3, { kind: 'one-kind' });
    meter.createHistogram('forlop.test.spread', { unit: 's' }).record(0.3);
    trace.getTracer('forlop').startSpan('a span of a test').end();
    expect(collector.received).toEqual([]);
    await telemetry.close();

    const [traces, numbers] = ['/v1/traces', '/v1/metrics'].map((path) =>
      collector.received.find((each) => each.path === path),
    );
    expect(traces?.type).toBe('application/x-protobuf');
    expect(traces?.body).toContain('a span of a test');
    expect(traces?.body).toContain('forlop-test');
    const own = (await metricRegistry().collect()).map(({ name }) => name);
    expect(own).toEqual(expect.arrayContaining(['forlop.test.counted', 'forlop.test.spread']));
    for (const name of own) expect(numbers?.body).toContain(name);
    expect(numbers?.body).toContain('one-kind');
    expect(warned).toEqual([]);
  });

  it('ends all the same, and says so once and no address, when no collector takes it', async () => {
    process.env[ENDPOINT] = endpoint;
    collector.status = 400;
    const telemetry = await startTelemetry(SETTINGS, log);
    trace.getTracer('forlop').startSpan('into the void').end();
    await telemetry.close();
    expect(warned).toEqual(['telemetry could not be sent']);
  });
});
