/** What reactors tell of themselves. A no-op of the API until somebody counts or traces. */
import { metrics } from '@opentelemetry/api';
import type { Meter } from '@opentelemetry/api';
import type { EventPage } from '#forlop/event-store';
import { consuming } from '#forlop/projections';

const instrumentsOf = (meter: Meter) => ({
  meter,
  duration: meter.createHistogram('forlop.reactor.batch.duration', {
    unit: 's',
    description: 'To react to a batch of events and move the checkpoint.',
  }),
  events: meter.createCounter('forlop.reactor.events', {
    unit: '{event}',
    description: 'Events that a reactor has gone through.',
  }),
});

let made: ReturnType<typeof instrumentsOf> | undefined;
/** Those of the meter that is registered by now: one that came before it counts nothing. */
function instruments() {
  const meter = metrics.getMeter('forlop');
  if (made?.meter !== meter) made = instrumentsOf(meter);
  return made;
}

/** A batch on its way through a reactor; what it appends is part of the same trace. */
export async function reacting(reactor: string, page: EventPage, work: () => Promise<void>): Promise<void> {
  if (page.events.length === 0) return work();
  const begun = performance.now();
  await consuming(`react ${reactor}`, { 'forlop.reactor': reactor }, page, work);
  instruments().duration.record((performance.now() - begun) / 1000, { reactor });
  instruments().events.add(page.events.length, { reactor });
}
