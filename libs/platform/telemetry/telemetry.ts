import { setTimeout as pause } from 'node:timers/promises';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from '../logging/logger.js';
import { metricRegistry } from './registry.js';
import type { TelemetrySettings } from './settings.js';

/** What is still to be sent at the end waits no longer than this (ms) for a collector that does not answer. */
const FLUSH_LIMIT = 4000;
/** A collector that is away is told of once in so many ms. */
const TELL_AGAIN_AFTER = 60_000;

export interface Telemetry {
  /** Sends what is left and ends. Never rejects: nobody is to be kept from ending by what is only looked at. */
  close(): Promise<void>;
}

/**
 * Begins to send metrics and traces where the settings say so; else loads nothing of the SDK and does nothing.
 * @param exporter where spans go instead of OTLP, for tests
 */
export async function startTelemetry(
  settings: TelemetrySettings | undefined,
  log: Pick<Logger, 'warn'>,
  exporter?: SpanExporter,
): Promise<Telemetry> {
  if (settings === undefined) return { close: async () => undefined };
  const registry = metricRegistry();
  const { resourceOf, startMetrics, startTraces, tellFailures } = await import('./sdk.js');
  const resource = await resourceOf(settings);
  const { traces, metrics } = settings;
  const shutdowns = [
    ...(traces ? [await startTraces(traces, resource, exporter)] : []),
    ...(metrics ? [await startMetrics(metrics, resource, registry)] : []),
  ];
  tellFailures(nowAndThen(() => log.warn('telemetry could not be sent')));
  return {
    close: async () => {
      const limit = new AbortController();
      const ended = Promise.allSettled(shutdowns.map((shutdown) => shutdown()));
      await Promise.race([
        ended,
        pause(FLUSH_LIMIT, undefined, { signal: limit.signal }).catch(() => undefined),
      ]);
      limit.abort();
    },
  };
}

function nowAndThen(tell: () => void): () => void {
  let told = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - told < TELL_AGAIN_AFTER) return;
    told = now;
    tell();
  };
}
