import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run, seconds } from './run.mjs';

const marker = join(root, 'node_modules', '.chronos-installed');

/** What must be the same for the installed packages to be the right ones. */
function wanted() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256')
    .update(lock)
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex');
}

/**
 * Installs the packages of package-lock.json unless they are there already. Answers whether it installed.
 * @throws Error when npm fails
 */
export async function ensureInstalled(say = (text) => process.stdout.write(`${text}\n`)) {
  const hash = wanted();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return false;
  if (!existsSync(marker) && isComplete()) {
    writeFileSync(marker, hash);
    return false;
  }
  const start = performance.now();
  say('Installing packages (once, about a minute) ...');
  const ticker = setInterval(() => say(`  still installing, ${seconds(start)}`), 15_000);
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  clearInterval(ticker);
  if (code !== 0) throw new Error(`\`npm ci\` failed with exit code ${code}; its message is above.`);
  writeFileSync(marker, hash);
  say(`Packages installed in ${seconds(start)}.`);
  return true;
}

/** Did somebody else, `npm install` or `npm ci` by hand, install exactly the lock? npm notes what it installed. */
function isComplete() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || installed[path]?.version === entry.version || entry.optional === true,
  );
}
