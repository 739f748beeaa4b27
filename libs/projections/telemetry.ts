/** What the engine tells of itself. A no-op of the API until somebody counts or traces. */
import { metrics, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Link, Meter, Span } from '@opentelemetry/api';
import type { EventPage, StoredEvent } from '#forlop/event-store';
import { errorClass } from './errors.js';

const NAME = 'forlop';
/** What the SDK keeps of links, and of what else is told of the events of a batch. */
const MOST = 128;
const tracer = trace.getTracer(NAME);

const instrumentsOf = (meter: Meter) => ({
  meter,
  duration: meter.createHistogram('forlop.projection.batch.duration', {
    unit: 's',
    description: 'To write the rows of a batch and move its checkpoint.',
  }),
  events: meter.createCounter('forlop.projection.events', {
    unit: '{event}',
    description: 'Events that a projection has gone through.',
  }),
  rows: meter.createCounter('forlop.projection.rows', {
    unit: '{row}',
    description: 'Rows that a projection has written or deleted.',
  }),
});

let made: ReturnType<typeof instrumentsOf> | undefined;
/** Those of the meter that is registered by now: one that came before it counts nothing. */
function instruments() {
  const meter = metrics.getMeter(NAME);
  if (made?.meter !== meter) made = instrumentsOf(meter);
  return made;
}

/** A batch on its way through a projection. It has no parent: its events come from many commands, and it links to them. */
export async function projecting<T>(
  projection: string,
  batch: EventPage,
  work: () => Promise<T>,
): Promise<T> {
  if (batch.events.length === 0) return work();
  const begun = performance.now();
  const attributes = { 'forlop.projection': projection };
  const done = await consuming(`project ${projection}`, attributes, batch, work);
  instruments().duration.record((performance.now() - begun) / 1000, { projection });
  instruments().events.add(batch.events.length, { projection });
  return done;
}

/** Rows are written, and the checkpoint is past them. */
export function rowsWritten(projection: string, rows: number): void {
  if (rows === 0) return;
  instruments().rows.add(rows, { projection });
  const span = trace.getActiveSpan();
  if (span === undefined) return;
  // A batch with an event that cannot be applied is written in parts.
  const sum = (writtenIn.get(span) ?? 0) + rows;
  writtenIn.set(span, sum);
  span.setAttribute('forlop.row.count', sum);
}
const writtenIn = new WeakMap<Span, number>();

/** Work on a page of events, with links to the commands that they come from and their correlation ids. */
export function consuming<T>(
  name: string,
  attributes: Readonly<Record<string, string>>,
  { events, position }: EventPage,
  work: () => Promise<T>,
): Promise<T> {
  const options = { kind: SpanKind.CONSUMER, root: true, attributes };
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      if (span.isRecording()) tellOf(span, events, position);
      return await work();
    } catch (error) {
      span.setAttribute('error.type', errorClass(error)).setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

function tellOf(span: Span, events: readonly StoredEvent[], position: string): void {
  const links = new Map<string, Link>();
  const correlations = new Set<string>();
  for (const { metadata } of events) {
    const { traceparent, correlationId } = originIn(metadata);
    if (correlationId !== undefined) correlations.add(correlationId);
    const link = traceparent === undefined ? undefined : linkTo(traceparent, correlationId);
    if (traceparent !== undefined && link) links.set(traceparent, link);
  }
  span.addLinks([...links.values()].slice(0, MOST));
  span.setAttributes({
    'forlop.event.count': events.length,
    'forlop.position': position,
    'forlop.correlation_ids': [...correlations].slice(0, MOST),
  });
}

interface Origin {
  readonly traceparent?: string;
  readonly correlationId?: string;
}

/** What cannot be read is what the projection will stop at; it is not for this to say so. */
function originIn(metadata: string): Origin {
  try {
    return JSON.parse(metadata) as Origin;
  } catch {
    return {};
  }
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

function linkTo(traceparent: string, correlationId: string | undefined): Link | undefined {
  const [, traceId, spanId] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return {
    context: { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true },
    ...(correlationId === undefined ? {} : { attributes: { 'forlop.correlation_id': correlationId } }),
  };
}
