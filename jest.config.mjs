/** Unit (`*.unit.spec.ts`), integration (`*.int.spec.ts`), end to end (`*.e2e.spec.ts`) in one run. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: {
    customExportConditions: ['forlop-source', 'node', 'node-addons'],
  },
  testMatch: ['<rootDir>/{apps,libs,test,bench}/**/*.{unit,int,e2e}.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/bench/dist', '<rootDir>/.forlop'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testTimeout: 60000,
  maxWorkers: 2,
};
