import { randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
/** W3C trace context: version, trace id, parent id, flags. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;

/**
 * The id that ties together request, events, log lines and problem: the client's `X-Correlation-Id` when it is a UUID
 * or a trace id, else the trace id of `traceparent`, else a new one. Anything else is replaced, because it is stored
 * in clear and could be a name or a number.
 */
export function correlationIdOf(headers: Readonly<Record<string, unknown>>): string {
  const given = headers['x-correlation-id'];
  if (typeof given === 'string' && (UUID.test(given) || TRACE_ID.test(given))) return given;
  const parent = headers['traceparent'];
  const trace = typeof parent === 'string' ? TRACEPARENT.exec(parent)?.[1] : undefined;
  return trace !== undefined && TRACE_ID.test(trace) ? trace : randomUUID();
}
