import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTimeBench, type TimeBench } from './time-fixture.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/ledger-verify.mjs', import.meta.url));

let bench: TimeBench;

beforeAll(async () => {
  bench = await startTimeBench();
});
afterAll(() => bench.stop());

const verify = () =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const env = { ...process.env, DATABASE_URL: bench.engine.config.database.url };
    execFile(process.execPath, [SCRIPT], { env }, (error, output) =>
      resolve({ code: error ? 1 : 0, output }),
    );
  });

it('npm run ledger:verify finds a nominal time that is missing', { timeout: 120_000 }, async () => {
  const id = await bench.create({ scheduleType: 'recurring', cronExpression: '@yearly' });
  expect(await verify()).toMatchObject({
    code: 0,
    output: '1 jobs, 0 nominal times, 0 ledgers with faults\n',
  });
  await bench.engine.rows(`UPDATE jobs SET next_run_at = next_run_at + interval '1 year' WHERE id = $1`, [
    id,
  ]);
  const report = await verify();
  expect(report.code).toBe(1);
  expect(report.output).toMatch(new RegExp(`${id} ok\\n.*-01-01T00:00:00.000Z is in the ledger 0 times`));
});
