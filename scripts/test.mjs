// npm test [-- vitest arguments]: installs and builds what is missing, runs every test, ends with the counts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { run } from './lib/run.mjs';

checkNodeVersion();
const folder = mkdtempSync(join(tmpdir(), 'chronos-report-'));
const report = join(folder, 'report.json');
let counts = { passed: 0, failed: 1, skipped: 0 };
try {
  await ensureInstalled();
  await ensureBuilt();
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run('vitest', ['run', ...reporters, ...process.argv.slice(2)]);
  counts = count(report, code);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/** A file that did not even load holds no test, and an error outside any test belongs to none: both count as one. */
function count(file, code) {
  const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const broken = testResults.filter((one) => one.status === 'failed' && !one.assertionResults.some(isFailed));
  const failed = numFailedTests + broken.length;
  return {
    passed: numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

function isFailed(test) {
  return test.status === 'failed';
}
