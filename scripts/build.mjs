// npm run build: compiles all apps into dist/ and the dashboard into dist-dashboard/, if anything changed since the last time.
import { ensureBuilt } from './lib/build.mjs';

try {
  if (!(await ensureBuilt())) process.stdout.write('The build is up to date.\n');
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
