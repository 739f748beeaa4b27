import type { EventFilter } from './port.js';

/** The filter as a predicate, for adapters that filter in memory. */
export function passes(
  event: { readonly streamId: string; readonly type: string },
  filter: EventFilter | undefined,
): boolean {
  const { streamPrefixes, types } = filter ?? {};
  if (types !== undefined && !types.includes(event.type)) return false;
  return streamPrefixes === undefined || streamPrefixes.some((prefix) => event.streamId.startsWith(prefix));
}
