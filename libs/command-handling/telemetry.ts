/** What the handling of commands tells of itself. A no-op of the API until somebody counts or traces. */
import { metrics, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Meter, Span } from '@opentelemetry/api';
import { RuleBroken } from '#forlop/domain';
import { ConcurrentChange, IdempotencyKeyReused, NotFound, StaleRevision } from './errors.js';

const NAME = 'forlop';
const tracer = trace.getTracer(NAME);

const instrumentsOf = (meter: Meter) => ({
  meter,
  duration: meter.createHistogram('forlop.command.duration', {
    unit: 's',
    description: 'From the checked request to the answer: accepted, unchanged, refused or failed.',
  }),
  refused: meter.createCounter('forlop.command.refusals', {
    unit: '{command}',
    description: 'Commands that were refused, by the kind of problem.',
  }),
});

let made: ReturnType<typeof instrumentsOf> | undefined;
/** Those of the meter that is registered by now: one that came before it counts nothing. */
function instruments() {
  const meter = metrics.getMeter(NAME);
  if (made?.meter !== meter) made = instrumentsOf(meter);
  return made;
}

interface Commanded {
  readonly type: string;
  readonly commandId: string;
  readonly correlationId: string;
}

/** A command, until it is answered. A refusal is an outcome; only what failed is an error. */
export function commanding<T extends { readonly events: readonly unknown[] }>(
  { type, commandId, correlationId }: Commanded,
  work: () => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(`command ${type}`, async (span) => {
    const begun = performance.now();
    let outcome = 'failed';
    try {
      if (span.isRecording()) {
        span.setAttributes({
          'forlop.command': type,
          'forlop.command.id': commandId,
          'forlop.correlation_id': correlationId,
        });
      }
      const answer = await work();
      outcome = answer.events.length === 0 ? 'unchanged' : 'accepted';
      span.setAttribute('forlop.command.outcome', outcome);
      return answer;
    } catch (error) {
      const slug = slugOf(error);
      if (slug !== undefined) outcome = 'refused';
      tellFailure(span, type, slug);
      throw error;
    } finally {
      instruments().duration.record((performance.now() - begun) / 1000, { command: type, outcome });
      span.end();
    }
  });
}

function tellFailure(span: Span, command: string, slug: string | undefined): void {
  span.setAttribute('forlop.command.outcome', slug ?? 'failed');
  if (slug === undefined) span.setStatus({ code: SpanStatusCode.ERROR });
  else instruments().refused.add(1, { command, problem: slug });
}

/** What the problem is called that answers a refusal; `undefined` for what is nobody's rule. */
function slugOf(error: unknown): string | undefined {
  if (error instanceof RuleBroken) return error.slug;
  if (error instanceof NotFound) return 'not-found';
  if (error instanceof IdempotencyKeyReused) return 'idempotency-key-reused';
  if (error instanceof StaleRevision) return 'stale-revision';
  return error instanceof ConcurrentChange ? 'concurrent-change' : undefined;
}

/**
 * The span that is running, as W3C `traceparent`, for the envelope: what is done with the event later links to it. Absent
 * where nobody traces, and where the trace is not kept.
 */
export function traceparentNow(): { readonly traceparent?: string } {
  const running = trace.getActiveSpan()?.spanContext();
  if (running === undefined || (running.traceFlags & TraceFlags.SAMPLED) === 0) return {};
  return { traceparent: `00-${running.traceId}-${running.spanId}-01` };
}
