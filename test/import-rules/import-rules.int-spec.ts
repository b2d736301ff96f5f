import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TempDir, tempDir } from '#testing';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Each file breaks exactly the rule named beside it; those without a rule are what must stay allowed. */
const BAD_FILES: [path: string, source: string, rule: string | undefined][] = [
  ['libs/contracts/src/upward.ts', `import '#config';`, 'layer-contracts'],
  ['libs/contracts/src/framework.ts', `import 'typeorm';`, 'contracts-know-no-framework'],
  ['libs/config/src/sideways.ts', `import '#database';`, 'layer-config'],
  ['libs/scheduling/src/impure.ts', `import '#database';`, 'layer-scheduling'],
  ['libs/executors/src/greedy.ts', `import '#jobs';`, 'layer-executors'],
  ['libs/jobs/src/into-app.ts', `import '../../../apps/worker/src/main.js';`, 'libs-never-import-apps'],
  ['libs/jobs/src/behind-the-face.ts', `import '../../database/src/hidden.js';`, 'one-face-database'],
  ['libs/jobs/src/tests-in-production.ts', `import '#testing';`, 'testing-stays-in-tests'],
  ['libs/jobs/src/borrowed.ts', `import 'ajv';`, 'no-undeclared-packages'],
  ['libs/jobs/src/dev-only.ts', `import 'vitest';`, 'production-packages-only'],
  ['libs/jobs/src/nowhere.ts', `import './nowhere-at-all.js';`, 'resolvable'],
  ['libs/jobs/src/circle-a.ts', `import './circle-b.js';`, 'no-circles'],
  ['libs/unnamed/src/any.ts', `import '#contracts';`, 'every-library-has-a-layer'],
  ['apps/api/src/executes.ts', `import '#executors';`, 'api-runs-no-user-code'],
  ['libs/client/src/node-only.ts', `import 'node:fs';`, 'client-runs-anywhere'],
  ['apps/cli/src/inside.ts', `import '#jobs';`, 'cli-speaks-http-only'],
  ['apps/dashboard/src/inside.tsx', `import '#jobs';`, 'dashboard-speaks-http-only'],
  ['apps/dashboard/src/node-only.ts', `import 'node:fs';`, 'dashboard-runs-in-browsers'],
  [
    'apps/dashboard/src/components/greedy.tsx',
    `import '../pages/some.page.js';`,
    'dashboard-components-know-no-page',
  ],
  ['apps/api/src/neighbour.ts', `import '../../worker/src/main.js';`, 'apps-stand-apart'],

  [
    'libs/jobs/src/good.ts',
    `import '#contracts'; import '#database'; import 'pg'; import './good-too.js';`,
    undefined,
  ],
  ['libs/jobs/src/good-too.ts', `import 'node:fs';`, undefined],
  ['libs/jobs/src/good.spec.ts', `import '#testing'; import '#executors'; import 'vitest';`, undefined],
  ['apps/worker/src/main.ts', `import '#executors'; import '#jobs';`, undefined],
  ['apps/dashboard/src/pages/some.page.tsx', `import '#contracts';`, undefined],
];

const FACES = ['contracts', 'config', 'database', 'executors', 'jobs', 'testing'];

let folder: TempDir;
let violations: { from: string; rule: { name: string } }[];

beforeAll(async () => {
  folder = await tempDir('import-rules');
  for (const face of FACES) await write(`libs/${face}/src/index.ts`, 'export {};');
  await write('libs/database/src/hidden.ts', 'export {};');
  await write('libs/jobs/src/circle-b.ts', `import './circle-a.js';`);
  for (const [path, source] of BAD_FILES) await write(path, source);
  await write(
    'package.json',
    JSON.stringify({
      type: 'module',
      imports: { '#*': { 'chronos-src': './libs/*/src/index.ts' } },
      dependencies: { typeorm: '*', pg: '*' },
      devDependencies: { vitest: '*' },
    }),
  );
  await write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext" } }');
  await symlink(join(root, 'node_modules'), join(folder.path, 'node_modules'));
  violations = await cruise();
});

afterAll(() => folder.remove());

it.each(BAD_FILES.filter(([, , rule]) => rule !== undefined))('%s (%s) breaks %s', (path, _source, rule) => {
  expect(rulesBrokenBy(path)).toContain(rule);
});

it.each(BAD_FILES.filter(([, , rule]) => rule === undefined))('%s is allowed', (path) => {
  expect(rulesBrokenBy(path)).toEqual([]);
});

function rulesBrokenBy(path: string): string[] {
  return violations.filter((violation) => violation.from === path).map((violation) => violation.rule.name);
}

async function write(path: string, text: string): Promise<void> {
  const file = join(folder.path, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** The very command of `npm run check`, on the fixture. It exits with the number of violations. */
function cruise(): Promise<typeof violations> {
  const args = ['apps', 'libs', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder.path, maxBuffer: 1 << 26 },
      (_exit, stdout, stderr) => {
        try {
          const report = JSON.parse(stdout) as { summary: { violations: typeof violations } };
          resolve(report.summary.violations);
        } catch (cause) {
          reject(new Error(`dependency-cruiser gave no report: ${stderr}`, { cause }));
        }
      },
    );
  });
}
