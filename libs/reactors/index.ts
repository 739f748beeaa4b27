/** What follows from events outside any projection. */
export { REACTORS, reactorsOver } from './all.js';
export type { Occasion, Reacted, Reactor } from './definition.js';
export { deadlineWatch } from './deadline-watch/watch.js';
export { DEADLINE_WATCH } from './deadline-watch/encode.js';
export { ReactorUnusable } from './errors.js';
export { listReactors, startReactor, type ReactorListing } from './listing.js';
export { reactorMigrations } from './migrations/reactor-migrations.js';
export { ReactorRunner, type ReactorHealth, type ReactorOptions, type ReactorStatus } from './runner.js';
export { readParkedStreams, type ParkedListing } from './waiting.js';
