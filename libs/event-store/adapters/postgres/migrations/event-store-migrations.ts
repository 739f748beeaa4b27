import { CreateEventStore1764028800000 } from './create-event-store.js';
import { ImportEvents1764118800000 } from './import-events.js';

/** For the `migrations` of a TypeORM data source, in order; see each for the session settings it needs. */
export const eventStoreMigrations = [CreateEventStore1764028800000, ImportEvents1764118800000];
