import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import type * as Sdk from '@opentelemetry/sdk-trace';
import type { Sampler, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Resource } from '@opentelemetry/resources';
import { producerOf } from './otlp-metrics.js';
import type { MetricRegistry } from './registry.js';
import type { TelemetrySettings } from './settings.js';

/** An export is tried again for so long (ms): at the end of the process the last one is waited for. The standard says 10 s. */
const PATIENCE_MS = 3000;
const patience = (signal: 'TRACES' | 'METRICS') => {
  const given = ['OTEL_EXPORTER_OTLP_TIMEOUT', `OTEL_EXPORTER_OTLP_${signal}_TIMEOUT`];
  return given.some((name) => process.env[name]) ? {} : { timeoutMillis: PATIENCE_MS };
};

/** Ends a part of the SDK, having sent what it still holds. */
type Shutdown = () => Promise<void>;

/** Attributes of where and what, by OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME. Nothing of the machine or the account. */
export async function resourceOf({ serviceName }: TelemetrySettings): Promise<Resource> {
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } =
    await import('@opentelemetry/resources');
  return defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
    .merge(detectResources({ detectors: [envDetector] }));
}

/**
 * Registers tracer, propagation (W3C `traceparent`; no baggage, which may hold anything) and context.
 * @param exporter default: OTLP over HTTP, by its own variables
 */
export async function startTraces(
  { sampler, ratio, everyMs }: NonNullable<TelemetrySettings['traces']>,
  resource: Resource,
  exporter?: SpanExporter,
): Promise<Shutdown> {
  const [sdk, { AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, otlp] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    exporter ? undefined : import('@opentelemetry/exporter-trace-otlp-proto'),
  ]);
  const to = exporter ?? (otlp && new otlp.OTLPTraceExporter(patience('TRACES')));
  const provider = new sdk.TracerProvider({
    resource,
    sampler: samplerOf(sdk, sampler, ratio),
    spanProcessors: to ? [new sdk.BatchSpanProcessor({ exporter: to, scheduledDelayMillis: everyMs })] : [],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return async () => {
    await provider.shutdown();
    trace.disable();
    propagation.disable();
    context.disable();
  };
}

function samplerOf(
  sdk: typeof Sdk,
  name: NonNullable<TelemetrySettings['traces']>['sampler'],
  ratio: number,
): Sampler {
  const root = name.endsWith('always_on')
    ? new sdk.AlwaysOnSampler()
    : name.endsWith('always_off')
      ? new sdk.AlwaysOffSampler()
      : new sdk.TraceIdRatioBasedSampler(ratio);
  return name.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root;
}

/** Sends what the registry has counted, every so often and once more at the end. */
export async function startMetrics(
  { everyMs }: NonNullable<TelemetrySettings['metrics']>,
  resource: Resource,
  registry: MetricRegistry,
): Promise<Shutdown> {
  const [sdk, { OTLPMetricExporter }] = await Promise.all([
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/exporter-metrics-otlp-proto'),
  ]);
  const reader = new sdk.PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(patience('METRICS')),
    exportIntervalMillis: everyMs,
    exportTimeoutMillis: Math.min(everyMs, 30_000),
    metricProducers: [producerOf(registry, sdk, resource)],
  });
  const provider = new sdk.MeterProvider({ resource, readers: [reader] });
  return () => provider.shutdown();
}

/** The SDK tells of failed exports; its messages may hold addresses and headers, so only that it failed is passed on. */
export function tellFailures(tell: () => void): void {
  const nothing = (): void => undefined;
  diag.setLogger(
    { error: tell, warn: nothing, info: nothing, debug: nothing, verbose: nothing },
    DiagLogLevel.ERROR,
  );
}
