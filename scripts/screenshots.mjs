// npm run docs:screenshots [-- file ...]: takes the pictures of docs/images/dashboard anew, from a running instance in a browser.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { run } from './lib/run.mjs';

try {
  await ensureInstalled();
  await ensureBuilt();
  const args = ['run', '--project', 'screenshots', ...process.argv.slice(2)];
  const { code } = await run('vitest', args, { env: { DOCS_SCREENSHOTS: '1' } });
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
