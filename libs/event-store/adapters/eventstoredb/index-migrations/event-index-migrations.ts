import { CreateEventIndex1764115200000 } from './create-event-index.js';

/** For the `migrations` of a TypeORM data source. */
export const eventIndexMigrations = [CreateEventIndex1764115200000];
