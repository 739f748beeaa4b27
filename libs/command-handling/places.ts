/**
 * Where an event stands, as it is told to those outside: in the store that first took it. A package or a dossier that was given
 * before the events were moved to another store is then the same afterwards, byte for byte.
 */
import {
  isSameKind,
  type EventStore,
  type Origin,
  type Position,
  type StoredEvent,
} from '#forlop/event-store';

type Store = Pick<EventStore, 'storeId' | 'start' | 'originsOf' | 'readAt'>;

/** The place of any of these events. */
export async function placesOf(
  store: Store,
  events: readonly StoredEvent[],
): Promise<(position: Position) => Origin> {
  const origins = await store.originsOf(events);
  return (position) => origins.get(position) ?? { storeId: store.storeId, position };
}

/**
 * The first part of a stream: what stands at or before a position, which may be one of this store's or one that the store told
 * from which the events came. Of two stores of a kind the position alone does not say which is meant: it is this one's where
 * an event stands there.
 */
export async function upTo(
  store: Store,
  events: readonly StoredEvent[],
  until: Position,
): Promise<readonly StoredEvent[]> {
  const isOwn = isSameKind(store.start, until);
  if (isOwn && (until === store.start || (await store.readAt(until)) !== undefined))
    return before(events, until);
  const origins = await store.originsOf(events);
  const told = events.map(({ position }) => origins.get(position)?.position);
  // What was appended here stands behind all that was brought.
  const last = told.findLastIndex(
    (place) => place !== undefined && isSameKind(place, until) && place <= until,
  );
  if (last >= 0) return events.slice(0, last + 1);
  return isOwn ? before(events, until) : [];
}

const before = (events: readonly StoredEvent[], until: Position): readonly StoredEvent[] =>
  events.filter(({ position }) => position <= until);
