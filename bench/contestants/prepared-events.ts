import type { EventToAppend } from '../../libs/event-store/index.js';
import { newCaseStream, sealedEvents } from './sealed-event.js';

/** What a peer is given to store: the JSON values that ours would store as text. */
export interface PreparedEvent {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

const PREPARED = 512;

/** Sealed beforehand, so that a peer's turn is its own work alone; handed out over and over. */
export async function preparedEvents(): Promise<() => PreparedEvent> {
  const { referral } = await sealedEvents();
  const sealed = await Promise.all(Array.from({ length: PREPARED }, () => referral(newCaseStream())));
  const prepared = sealed.map(preparedOf);
  let next = 0;
  return () => prepared[(next += 1) % PREPARED] as PreparedEvent;
}

export const preparedOf = ({ type, payload, metadata }: EventToAppend): PreparedEvent => ({
  type,
  data: JSON.parse(payload) as Record<string, unknown>,
  metadata: JSON.parse(metadata) as Record<string, unknown>,
});
