/**
 * The built service, which the benches measure from outside: everything of ours comes from `dist/` through here. The types are
 * those of the sources, the code is what `npm run build` made.
 */
import type * as CliDatabases from '../../apps/cli/databases.js';
import type * as Projector from '../../apps/projector/start-projector.js';
import type * as Domain from '../../libs/domain/index.js';
import type * as CommandHandling from '../../libs/command-handling/index.js';
import type * as EventStore from '../../libs/event-store/index.js';
import type * as Generator from '../../libs/generator/index.js';
import type * as Platform from '../../libs/platform/index.js';
import type * as Privacy from '../../libs/privacy/index.js';
import type * as Projections from '../../libs/projections/index.js';
import type * as ReadModels from '../../libs/read-models/index.js';

/** Of the checkout: this file runs as `bench/dist/<hash>/harness/service.js`. */
export const ROOT = new URL('../../../../', import.meta.url);

const built = async (path: string): Promise<unknown> => import(new URL(`dist/${path}`, ROOT).href);
const lib = (name: string): Promise<unknown> => built(`libs/${name}/index.js`);

export const loadDomain = async () => (await lib('domain')) as typeof Domain;
export const loadCommandHandling = async () => (await lib('command-handling')) as typeof CommandHandling;
export const loadEventStore = async () => (await lib('event-store')) as typeof EventStore;
export const loadPlatform = async () => (await lib('platform')) as typeof Platform;
export const loadPrivacy = async () => (await lib('privacy')) as typeof Privacy;
export const loadDatabases = async () => (await built('apps/cli/databases.js')) as typeof CliDatabases;
export const loadGenerator = async () => (await lib('generator')) as typeof Generator;
export const loadProjections = async () => (await lib('projections')) as typeof Projections;
export const loadReadModels = async () => (await lib('read-models')) as typeof ReadModels;
export const loadProjector = async () =>
  (await built('apps/projector/start-projector.js')) as typeof Projector;
