/** What the event store tells of itself. A no-op of the API until somebody counts or traces. */
import { metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Meter, Span } from '@opentelemetry/api';
import { StoreUnavailable, WrongExpectedRevision } from './errors.js';
import type { Appended, EventToAppend } from './port.js';

const NAME = 'forlop';
const tracer = trace.getTracer(NAME);

const instrumentsOf = (meter: Meter) => ({
  meter,
  duration: meter.createHistogram('forlop.append.duration', {
    unit: 's',
    description: 'From the call to the durable answer, waiting for its batch included.',
  }),
  batchSize: meter.createHistogram('forlop.append.batch.size', {
    unit: '{append}',
    description: 'Appends that were committed together.',
    advice: { explicitBucketBoundaries: [1, 2, 4, 8, 16, 32, 64, 128, 256] },
  }),
  events: meter.createCounter('forlop.append.events', { unit: '{event}', description: 'Events appended.' }),
});

let made: ReturnType<typeof instrumentsOf> | undefined;
/** Those of the meter that is registered by now: one that came before it counts nothing. */
function instruments() {
  const meter = metrics.getMeter(NAME);
  if (made?.meter !== meter) made = instrumentsOf(meter);
  return made;
}

/** An append, from the call to the answer. */
export function appending(
  events: readonly EventToAppend[],
  append: () => Promise<Appended>,
): Promise<Appended> {
  return tracer.startActiveSpan('append', async (span) => {
    const begun = performance.now();
    let outcome = 'failed';
    try {
      if (span.isRecording()) describe(span, events);
      const appended = await append();
      outcome = appended.repeated ? 'repeated' : 'appended';
      if (!appended.repeated) instruments().events.add(events.length);
      return appended;
    } catch (error) {
      outcome = failureOf(error);
      if (outcome !== 'conflict') span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      instruments().duration.record((performance.now() - begun) / 1000, { outcome });
      span.setAttribute('forlop.append.outcome', outcome).end();
    }
  });
}

/** The append that is running now, to be told of its batch; `undefined` where nobody traces. */
export const runningAppend = (): Span | undefined => trace.getActiveSpan();

/** A batch goes to the database. */
export function committing(batch: readonly { readonly span?: Span | undefined }[]): void {
  instruments().batchSize.record(batch.length);
  for (const { span } of batch) span?.setAttribute('forlop.append.batch.size', batch.length);
}

function describe(span: Span, events: readonly EventToAppend[]): void {
  span.setAttributes({
    'forlop.event.count': events.length,
    'forlop.event.types': events.map(({ type }) => type),
    'forlop.event.ids': events.map(({ eventId }) => eventId),
  });
}

function failureOf(error: unknown): string {
  if (error instanceof WrongExpectedRevision) return 'conflict';
  return error instanceof StoreUnavailable ? 'unavailable' : 'failed';
}
