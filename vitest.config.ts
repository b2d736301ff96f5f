import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['chronos-src', 'module', 'node', 'development|production'] };
const ssr = { resolve };
// The global set-up runs in the root's own environment, which does not take over the conditions above.
const environments = { __vitest__: { resolve } };
/** One module graph per worker: 50 files in 5 s where a graph per file took 90 s. */
const shared = { isolate: false, environment: 'node' as const };

/** In a real browser, on a real instance for each worker. */
const browser = (name: string, include: string, maxWorkers: number) => ({
  resolve,
  ssr,
  environments,
  test: {
    ...shared,
    name,
    sequence: { groupOrder: 3 },
    include: [include],
    globalSetup: ['test/browser/harness/global-setup.ts'],
    maxWorkers,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The first page of a browser that has only just begun takes longer than the second that is usual.
    expect: { poll: { timeout: 10_000 } },
  },
});

export default defineConfig({
  resolve,
  ssr,
  environments,
  test: {
    globalSetup: ['libs/testing/src/global-setup.ts'],
    coverage: { provider: 'v8', include: ['apps/**/src/**/*.ts', 'libs/**/src/**/*.ts'] },
    projects: [
      { resolve, ssr, test: { ...shared, name: 'unit', include: ['{apps,libs,test}/**/*.spec.ts'] } },
      {
        resolve,
        ssr,
        test: {
          ...shared,
          name: 'integration',
          sequence: { groupOrder: 1 },
          // They wait for servers more than they compute.
          maxWorkers: 3,
          include: ['{apps,libs,test}/**/*.int-spec.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          ...shared,
          name: 'acceptance',
          sequence: { groupOrder: 2 },
          include: ['test/**/*.acc-spec.ts'],
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      browser('browser', 'test/browser/**/*.browser-spec.ts', 2),
      // `npm run docs:screenshots`
      ...(process.env['DOCS_SCREENSHOTS'] ? [browser('screenshots', 'test/browser/**/*.shots.ts', 1)] : []),
    ],
  },
});
