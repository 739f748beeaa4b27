import base from './jest.config.mjs';

/** What needs a real EventStoreDB: `npm run test:eventstoredb` runs it, and nothing else selects it. */
export default {
  ...base,
  testMatch: ['<rootDir>/{libs,test}/**/*.esdb.spec.ts'],
  // One server, of which each suite believes that nobody else writes to it.
  maxWorkers: 1,
};
