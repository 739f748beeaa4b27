import type { IForbiddenRuleType } from 'dependency-cruiser';

/** A rule with the sentence that a broken one is reported with. */
export type Rule = IForbiddenRuleType & { readonly name: string; readonly comment: string };

const TESTS = '\\.(spec|fixture|contract)\\.ts$';
const OWN = '^(libs|apps|test)/';

/** Where each lib may look, besides itself. What is not listed is forbidden. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  platform: [],
  'event-store': [],
  privacy: ['domain'],
  projections: ['event-store'],
  'command-handling': ['domain', 'event-store', 'privacy'],
  'read-models': ['domain', 'projections', 'privacy', 'event-store'],
  reactors: ['domain', 'event-store', 'projections', 'command-handling'],
  generator: ['domain', 'event-store', 'privacy', 'command-handling'],
};

/** The libs that the rules know. */
export const LIBS = Object.keys(ALLOWED);

const directions: Rule[] = Object.entries(ALLOWED).map(([lib, allowed]) => ({
  name: `${lib}-looks-only-where-it-may`,
  comment: `${lib} may import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: TESTS },
  to: { path: OWN, pathNot: [lib, ...allowed].map((name) => `^libs/${name}/`) },
}));

/** The dependency rules of the architecture. */
export const RULES: readonly Rule[] = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one thing in two files.',
    severity: 'error',
    from: { path: OWN },
    to: { circular: true },
  },
  {
    name: 'domain-imports-nothing',
    comment: 'The domain is pure TypeScript: no package, not even one of Node.',
    severity: 'error',
    from: { path: '^libs/domain/', pathNot: TESTS },
    to: { pathNot: '^libs/domain/' },
  },
  ...directions,
  {
    name: 'libs-know-no-app',
    comment: 'Apps stand on libs, never the other way.',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'production-needs-no-test',
    comment: 'What is built does not import specs, fixtures or the test folder.',
    severity: 'error',
    from: { path: '^(libs|apps)/', pathNot: TESTS },
    to: { path: [TESTS, '^test/'] },
  },
  {
    name: 'one-door-a-lib',
    comment: 'A lib is entered through its index.ts, so that the rest of it may change.',
    severity: 'error',
    from: { path: '^libs/([^/]+)/' },
    to: { path: '^libs/[^/]+/', pathNot: ['^libs/$1/', '^libs/[^/]+/index\\.ts$'] },
  },
  {
    name: 'apps-enter-libs-by-the-door',
    comment: 'A lib is entered through its index.ts, from the apps and the tests too.',
    severity: 'error',
    from: { path: '^(apps|test)/' },
    to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/index\\.ts$' },
  },
  {
    name: 'index-is-for-outsiders',
    comment: 'Inside a lib a file imports the file it needs: by way of index.ts it would import itself.',
    severity: 'error',
    from: { path: '^libs/([^/]+)/', pathNot: '\\.spec\\.ts$' },
    to: { path: '^libs/$1/index\\.ts$' },
  },
  {
    name: 'adapters-know-only-the-port',
    comment: 'An adapter of the event store knows the port, not another adapter.',
    severity: 'error',
    from: { path: '^libs/event-store/adapters/([^/]+)/', pathNot: TESTS },
    to: { path: '^libs/event-store/adapters/', pathNot: '^libs/event-store/adapters/$1/' },
  },
  {
    name: 'one-file-knows-the-eventstoredb-client',
    comment: 'The faults of the client are contained in one place; everything else speaks with that.',
    severity: 'error',
    from: {
      path: OWN,
      pathNot: ['^libs/event-store/adapters/eventstoredb/client\\.ts$', '^test/eventstoredb/'],
    },
    to: { path: '@eventstore/db-client' },
  },
  {
    name: 'the-port-knows-no-adapter',
    comment: 'The port stays when an adapter goes; only index.ts shows both.',
    severity: 'error',
    from: { path: '^libs/event-store/[^/]+\\.ts$', pathNot: ['index\\.ts$', TESTS] },
    to: { path: '^libs/event-store/adapters/' },
  },
  {
    name: 'commands-read-no-read-model',
    comment: 'A command is judged by its own stream: a read model may be behind.',
    severity: 'error',
    from: { path: '^libs/command-handling/', pathNot: TESTS },
    to: { path: '^libs/(read-models|projections)/', reachable: true },
  },
  {
    name: 'what-is-counted-goes-by-the-api-alone',
    comment: 'Whoever counts or traces knows the API of OpenTelemetry; one folder knows the SDK.',
    severity: 'error',
    from: { path: '^(libs|apps)/', pathNot: ['^libs/platform/telemetry/', TESTS] },
    to: { path: 'node_modules/@opentelemetry/', pathNot: 'node_modules/@opentelemetry/api/' },
  },
  {
    name: 'apps-know-each-other-by-one-file',
    comment:
      'The tool starts API and projector by the one file that each offers, and knows nothing else of them.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/', pathNot: TESTS },
    to: { path: '^apps/[^/]+/', pathNot: ['^apps/$1/', '^apps/(api/main|projector/start-projector)\\.ts$'] },
  },
];
