import type { CaseEventOf, CaseEventType, JsonObject, LocalDate } from '#forlop/domain';
import type { Opener } from '../opener.js';
import type { Amended } from '../restated.js';
import { amendedData } from '../restated.js';
import type { ItemKind } from './case-event.js';

/** A thing of a case as it is stored: its events still sealed. */
export interface ItemRow {
  readonly kind: ItemKind;
  readonly key: string;
  readonly document: JsonObject;
  readonly sources: Readonly<Record<string, Source>>;
}

interface Source {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload?: string;
  /** Of an event that was corrected. */
  readonly amended?: Amended;
}

/** An event of a thing, opened; without data where the thing keeps none of its texts. */
export interface OpenedEvent {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly data?: JsonObject;
}

export interface Item {
  readonly kind: ItemKind;
  readonly key: string;
  readonly document: JsonObject;
  /** In order of position. */
  readonly events: readonly OpenedEvent[];
}

/** Opens all events of all things in one go; things in the order in which they first appeared. */
export async function openItems(opener: Opener, rows: readonly ItemRow[]): Promise<Item[]> {
  const sealed = rows.flatMap(({ sources }) =>
    Object.values(sources).flatMap((source) =>
      source.payload === undefined
        ? []
        : [{ ...source, payload: source.payload }, ...(source.amended?.corrections ?? [])],
    ),
  );
  const opened = await opener.open(sealed);
  const dataOfEvent = new Map(sealed.map(({ eventId }, index) => [eventId, opened[index]]));
  return rows
    .map(({ kind, key, document, sources }) => ({
      kind,
      key,
      document,
      events: eventsOf(sources, dataOfEvent),
    }))
    .sort((a, b) => compare(a.events[0]?.position, b.events[0]?.position) || compare(a.key, b.key));
}

const eventsOf = (
  sources: ItemRow['sources'],
  dataOfEvent: ReadonlyMap<string, JsonObject | undefined>,
): OpenedEvent[] =>
  Object.entries(sources)
    .sort(([a], [b]) => compare(a, b))
    .map(([position, { eventId, type, amended }]) => {
      const stored = dataOfEvent.get(eventId);
      const corrections = amended?.corrections.map((correction) => dataOfEvent.get(correction.eventId) ?? {});
      const data =
        stored && amended && corrections ? amendedData(type, stored, corrections, amended.computed) : stored;
      return { position, eventId, type, ...(data === undefined ? {} : { data }) };
    });

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

export const ofKind = (items: readonly Item[], kind: ItemKind): Item[] =>
  items.filter((item) => item.kind === kind);

/** What the events of a type say, in order. Every stored payload passed its shape before it was sealed. */
export const dataOf = <T extends CaseEventType>({ events }: Item, type: T): CaseEventOf<T>['data'][] =>
  events.flatMap((event) =>
    event.type === type && event.data !== undefined ? [event.data as unknown as CaseEventOf<T>['data']] : [],
  );

/** For sorting by a legal date; what stands on one day keeps its order. */
export const byDay =
  <T>(dayOf: (value: T) => LocalDate) =>
  (a: T, b: T): number =>
    compare(dayOf(a), dayOf(b));
