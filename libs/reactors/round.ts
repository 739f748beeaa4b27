/** One round of a reactor over many streams: each is asked for once, several at a time, and one that fails stops no other. */
import type { StoredEvent } from '#forlop/event-store';
import { errorClass, isOfEvent } from '#forlop/projections';
import type { Occasion, Reacted, Reactor } from './definition.js';
import { isPassing } from './errors.js';
import type { Outcome, ParkedStream } from './waiting.js';

/** Streams that are reacted to at once: enough that their reads and appends go to the database together. */
const AT_ONCE = 128;

export interface RoundResult extends Outcome {
  readonly reacted: ReadonlyMap<string, Reacted>;
}

/** Throws what is neither the stream's fault nor may be told apart from the others': the whole round comes again. */
export async function round(reactor: Reactor, occasions: readonly Occasion[]): Promise<RoundResult> {
  const reacted = new Map<string, Reacted>();
  const parked: ParkedStream[] = [];
  const left = [...occasions];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      try {
        reacted.set(next.streamId, await reactor.react(next));
      } catch (error) {
        const [event] = next.events;
        if (!isPassing(error) && isOfEvent(error)) parked.push(parkedAt(next.streamId, event, error));
        else {
          failures.push(error);
          left.length = 0;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, occasions.length) }, work));
  if (failures.length > 0) throw failures[0];
  const { today = '' } = occasions[0] ?? {};
  const wakes = [...reacted].map(([streamId, { wakeOn }]) => ({ streamId, wakeOn: after(today, wakeOn) }));
  return { reacted, parked, wakes };
}

/** One that was woken by the clock waits at its beginning. */
const parkedAt = (streamId: string, event: StoredEvent | undefined, error: unknown): ParkedStream => ({
  streamId,
  revision: event?.revision ?? 0,
  position: event?.position ?? '',
  error: errorClass(error),
});

/** Today is being dealt with: to be woken for it again would be for ever. */
const after = (today: string, wakeOn: string | undefined): string | undefined =>
  wakeOn === undefined || wakeOn > today ? wakeOn : undefined;

/** The events of a page by stream. */
export function byStream(events: readonly StoredEvent[]): Map<string, StoredEvent[]> {
  const streams = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const own = streams.get(event.streamId);
    if (own === undefined) streams.set(event.streamId, [event]);
    else own.push(event);
  }
  return streams;
}
