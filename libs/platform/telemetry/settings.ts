import type { Reader } from '../config/reader.js';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof SAMPLERS)[number];

/** What is sent by OTLP, and how; where to, with which headers, certificates and time limits, the exporters read themselves. */
export interface TelemetrySettings {
  readonly serviceName: string;
  readonly traces:
    { readonly sampler: SamplerName; readonly ratio: number; readonly everyMs: number } | undefined;
  readonly metrics: { readonly everyMs: number } | undefined;
}

const EXPORTERS = ['otlp', 'none'] as const;
const PROTOCOL = 'http/protobuf';
const ENDPOINT_EXAMPLE = 'http://127.0.0.1:4318';

/** From the standard variables of OpenTelemetry; `undefined` where none asks for anything to be sent, as by default. */
export function telemetrySettings(read: Reader): TelemetrySettings | undefined {
  if (read.text('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;
  const endpoint = isEndpoint(read, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  const sends = (signal: 'TRACES' | 'METRICS'): boolean => {
    const own = isEndpoint(read, `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`);
    const exporter = read.oneOf(`OTEL_${signal}_EXPORTER`, EXPORTERS);
    return exporter === undefined ? endpoint || own : exporter === 'otlp';
  };
  const settings = {
    serviceName: read.text('OTEL_SERVICE_NAME') ?? 'forlop',
    traces: sends('TRACES') ? tracesIn(read) : undefined,
    metrics: sends('METRICS') ? { everyMs: every(read, 'OTEL_METRIC_EXPORT_INTERVAL', 60_000) } : undefined,
  };
  if (settings.traces === undefined && settings.metrics === undefined) return undefined;
  for (const signal of ['', 'TRACES_', 'METRICS_'])
    refuseOtherProtocols(read, `OTEL_EXPORTER_OTLP_${signal}PROTOCOL`);
  return settings;
}

function tracesIn(read: Reader) {
  return {
    sampler: read.oneOf('OTEL_TRACES_SAMPLER', SAMPLERS) ?? 'parentbased_always_on',
    ratio: ratio(read, 'OTEL_TRACES_SAMPLER_ARG'),
    everyMs: every(read, 'OTEL_BSP_SCHEDULE_DELAY', 5000),
  };
}

const every = (read: Reader, name: string, otherwise: number): number =>
  read.wholeNumber(name, 1, 3_600_000) ?? otherwise;

function ratio(read: Reader, name: string): number {
  const value = read.text(name);
  if (value === undefined) return 1;
  const number = Number(value);
  if (number >= 0 && number <= 1) return number;
  read.wrong(name, `is "${value}", and must be a number from 0 to 1`, '0.1');
  return 1;
}

/** Its value is never shown: it may hold a password. */
function isEndpoint(read: Reader, name: string): boolean {
  const value = read.text(name);
  if (value === undefined) return false;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    read.wrong(name, 'is no http:// or https:// URL', ENDPOINT_EXAMPLE);
  }
  return true;
}

function refuseOtherProtocols(read: Reader, name: string): void {
  const value = read.text(name);
  if (value === undefined || value === PROTOCOL) return;
  read.wrong(name, `is "${value}", and only ${PROTOCOL} is spoken here`, PROTOCOL);
}
