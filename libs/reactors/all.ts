import type { EventStore } from '#forlop/event-store';
import { DEADLINE_WATCH_NAME, deadlineWatch } from './deadline-watch/watch.js';
import type { Reactor } from './definition.js';

/** The reactors of the service, over a store as a role that may append. */
export const reactorsOver = (store: EventStore): readonly Reactor[] => [deadlineWatch(store)];

/** Their names, for whoever only asks how they are. */
export const REACTORS: readonly Pick<Reactor, 'name'>[] = [{ name: DEADLINE_WATCH_NAME }];
