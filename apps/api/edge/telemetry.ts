/** What the API tells of itself. A no-op of the API of OpenTelemetry until somebody counts or traces. */
import {
  context,
  metrics,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Context, Meter, Span } from '@opentelemetry/api';
import { isDenial } from '../access/denial.js';

const NAME = 'forlop';
const tracer = trace.getTracer(NAME);

const instrumentsOf = (meter: Meter) => ({
  meter,
  request: meter.createHistogram('http.server.request.duration', {
    unit: 's',
    description: 'Answers by route pattern, method and status.',
  }),
  query: meter.createHistogram('forlop.query.duration', {
    unit: 's',
    description:
      'Reads of read models: waiting for the position, the rows, opening them and the record of the access.',
  }),
});

let made: ReturnType<typeof instrumentsOf> | undefined;
/** Those of the meter that is registered by now: one that came before it counts nothing. */
function instruments() {
  const meter = metrics.getMeter(NAME);
  if (made?.meter !== meter) made = instrumentsOf(meter);
  return made;
}

/** A request as it is traced. */
export interface TracedRequest {
  readonly span: Span;
  readonly context: Context;
}

interface Requested {
  readonly method: string;
  /** Pattern of the route, never the URL. */
  readonly route: string;
}

/** A request is taken in; part of the caller's trace where it sent a `traceparent`. */
export function requested(
  { method, route }: Requested,
  headers: object,
  correlationId: string,
): TracedRequest {
  const parent = propagation.extract(ROOT_CONTEXT, headers);
  const attributes = {
    'http.request.method': method,
    'http.route': route,
    'forlop.correlation_id': correlationId,
  };
  const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
  return { span, context: trace.setSpan(parent, span) };
}

/** Runs what answers the request as part of its trace. */
export const within = (traced: TracedRequest | undefined, work: () => void): void =>
  traced === undefined ? work() : context.with(traced.context, work);

/** The answer is sent, or its client gone. */
export function answered({ method, route }: Requested, status: number, seconds: number, span?: Span): void {
  instruments().request.record(seconds, {
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
  });
  if (span === undefined) return;
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** A read of read models, by its route pattern. */
export function querying<T>(view: string, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(`query ${view}`, { attributes: { 'forlop.query': view } }, async (span) => {
    const begun = performance.now();
    let outcome = 'failed';
    try {
      const answer = await work();
      outcome = 'answered';
      return answer;
    } catch (error) {
      if (isDenial(error)) outcome = 'denied';
      else span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      instruments().query.record((performance.now() - begun) / 1000, { query: view, outcome });
      span.setAttribute('forlop.query.outcome', outcome).end();
    }
  });
}
