import { describe, expect, it } from '@jest/globals';
import { Reader } from '../config/reader.js';
import { telemetrySettings } from './settings.js';

function settled(env: Record<string, string>) {
  const reader = new Reader(env);
  return { settings: telemetrySettings(reader), problems: reader.problems };
}

describe('the variables of OpenTelemetry', () => {
  it('send nothing by default, and nothing when the SDK is disabled', () => {
    expect(settled({})).toEqual({ settings: undefined, problems: [] });
    expect(
      settled({ OTEL_SERVICE_NAME: 'forlop', OTEL_TRACES_SAMPLER: 'always_on' }).settings,
    ).toBeUndefined();
    const disabled = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' };
    expect(settled(disabled)).toEqual({ settings: undefined, problems: [] });
  });

  it('send traces and metrics to one endpoint, every five seconds and every minute', () => {
    expect(settled({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).toEqual({
      settings: {
        serviceName: 'forlop',
        traces: { sampler: 'parentbased_always_on', ratio: 1, everyMs: 5000 },
        metrics: { everyMs: 60_000 },
      },
      problems: [],
    });
  });

  it('send one of the two alone, a part of the traces, under another name', () => {
    const { settings } = settled({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_SERVICE_NAME: 'forlop-north',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
      OTEL_BSP_SCHEDULE_DELAY: '200',
    });
    expect(settings).toEqual({
      serviceName: 'forlop-north',
      traces: { sampler: 'parentbased_traceidratio', ratio: 0.1, everyMs: 200 },
      metrics: undefined,
    });
    const metrics = settled({ OTEL_METRICS_EXPORTER: 'otlp', OTEL_METRIC_EXPORT_INTERVAL: '1000' }).settings;
    expect(metrics).toMatchObject({ traces: undefined, metrics: { everyMs: 1000 } });
    const traces = settled({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces',
    }).settings;
    expect(traces).toMatchObject({ traces: { ratio: 1 }, metrics: undefined });
  });

  it('are refused with all that is wrong at once, and no endpoint is shown', () => {
    const { problems } = settled({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317/secret',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_TRACES_SAMPLER: 'sometimes',
      OTEL_TRACES_SAMPLER_ARG: '2',
      OTEL_METRIC_EXPORT_INTERVAL: 'often',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_TRACES_SAMPLER',
      'OTEL_TRACES_SAMPLER_ARG',
      'OTEL_METRIC_EXPORT_INTERVAL',
      'OTEL_EXPORTER_OTLP_PROTOCOL',
    ]);
    expect(problems.join()).not.toContain('secret');
  });
});
