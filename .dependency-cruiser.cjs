// The layers of docs/architecture.md. Each library may import only what stands below it; anything not named is forbidden.
/** @type {Record<string, string[]>} */
const LAYERS = {
  contracts: [],
  client: [],
  'embedded-postgres': [],
  config: ['contracts'],
  outbound: ['contracts', 'config'],
  database: ['contracts', 'config'],
  queue: ['contracts', 'config'],
  scheduling: ['contracts'],
  calendars: ['contracts', 'config', 'database', 'audit', 'scheduling'],
  templates: ['contracts'],
  secrets: ['contracts', 'config', 'database', 'queue', 'audit'],
  audit: ['contracts', 'config', 'database'],
  auth: ['contracts', 'config', 'database', 'queue', 'audit', 'secrets'],
  notifications: ['contracts', 'config', 'outbound', 'database', 'queue', 'secrets'],
  executions: ['contracts', 'config', 'database', 'queue', 'secrets', 'scheduling', 'notifications'],
  jobs: [
    'contracts',
    'config',
    'database',
    'queue',
    'audit',
    'secrets',
    'auth',
    'scheduling',
    'calendars',
    'templates',
    'notifications',
    'executions',
  ],
  monitoring: [
    ...[
      'contracts',
      'config',
      'database',
      'queue',
      'audit',
      'secrets',
      'auth',
      'scheduling',
      'calendars',
      'notifications',
    ],
    ...['executions', 'jobs'],
  ],
  executors: ['contracts', 'config', 'outbound'],
};

const TESTS = '[.](spec|int-spec|acc-spec)[.]ts$';
/** What the tests of one app share; left out of its build. */
const TEST_SUPPORT = '^apps/[^/]+/src/testing/';
const names = Object.keys(LAYERS);

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle means that two things are one, or that a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...names.map((name) => ({
      name: `layer-${name}`,
      comment: `libs/${name} may import: ${LAYERS[name].join(', ') || 'no library'}.`,
      severity: 'error',
      from: { path: `^libs/${name}/`, pathNot: TESTS },
      to: { path: '^libs/', pathNot: `^libs/(${[name, ...LAYERS[name]].join('|')})/` },
    })),
    {
      name: 'libs-never-import-apps',
      comment: 'Apps stand on top.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'apps-stand-apart',
      comment: 'What two apps need belongs in a library.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'api-runs-no-user-code',
      comment: 'The API validates payloads with the contracts; only the worker loads executors.',
      severity: 'error',
      from: { path: '^apps/api/', pathNot: TESTS },
      to: { path: '^libs/executors/', reachable: true },
    },
    ...[...names, 'testing'].map((name) => ({
      name: `one-face-${name}`,
      comment: `From outside, libs/${name} is imported as #${name}: its index.ts is its public face.`,
      severity: 'error',
      from: { path: '^(apps|libs|test)/', pathNot: `^libs/${name}/` },
      to: { path: `^libs/${name}/`, pathNot: `^libs/${name}/src/index[.]ts$` },
    })),
    {
      name: 'client-runs-anywhere',
      comment: 'The dashboard takes it into the browser.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'cli-speaks-http-only',
      comment:
        'What the command line can do, any client can: it uses the API through #client and nothing else of ours.',
      severity: 'error',
      from: { path: '^apps/cli/', pathNot: TESTS },
      to: { path: '^libs/', pathNot: '^libs/client/' },
    },
    {
      name: 'dashboard-speaks-http-only',
      comment:
        'It runs in the browser: it asks the API through #client, and shares with it the schemas of #contracts.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/', pathNot: TESTS },
      to: { path: '^libs/', pathNot: '^libs/(client|contracts)/' },
    },
    {
      name: 'dashboard-runs-in-browsers',
      comment: 'What it takes in must not need Node.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'dashboard-components-know-no-page',
      comment: 'A component is there for every page; what is one page’s own lives with it.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/(components|time|theme)/', pathNot: TESTS },
      to: { path: '^apps/dashboard/src/pages/' },
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'Nothing in production imports libs/testing.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: [TESTS, TEST_SUPPORT, '^libs/testing/', '[.]conformance[.]ts$'],
      },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'contracts-know-no-framework',
      comment: 'The dashboard, the client and handler authors import the contracts.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: TESTS },
      to: { path: 'node_modules/(@nestjs|typeorm|bullmq|pg|fastify)' },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that only happens to be installed by another one is gone with it.',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'production-packages-only',
      comment: 'Images install without devDependencies; the demo is not in them.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [TESTS, '^libs/testing/', '^apps/dashboard/', '^apps/demo/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every-library-has-a-layer',
      comment: 'A new library is given its place in LAYERS.',
      severity: 'error',
      from: { path: '^libs/', pathNot: `^libs/(${[...names, 'testing'].join('|')})/` },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist(-dashboard)?/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['chronos-src', 'types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
