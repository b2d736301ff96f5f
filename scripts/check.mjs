// npm run check: everything that can be said about the sources without running them, two steps at a time.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { run, seconds } from './lib/run.mjs';

/** The longest first, so that two lanes end together. */
const STEPS = [
  ['build', () => build()],
  ['types', () => npm('check:types')],
  ['lint', () => npm('check:lint')],
  ['format', () => npm('check:format')],
  ['import rules', () => npm('check:imports')],
  ['unused code', () => npm('check:unused')],
];
const LANES = 2;

const begin = performance.now();
await ensureInstalled();

const queue = [...STEPS];
const failed = [];
await Promise.all(Array.from({ length: LANES }, lane));

const summary = failed.length === 0 ? 'All checks passed' : `Failed: ${failed.join(', ')}`;
process.stdout.write(`${summary} (${seconds(begin)}).\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function lane() {
  for (let step = queue.shift(); step; step = queue.shift()) {
    const [name, work] = step;
    const start = performance.now();
    const { code, output } = await work();
    process.stdout.write(
      `${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(14)}${seconds(start).padStart(7)}\n`,
    );
    if (code !== 0) {
      failed.push(name);
      process.stdout.write(`${output.trimEnd()}\n\n`);
    }
  }
}

function npm(script) {
  return run('npm', ['run', '--silent', script], { capture: true });
}

async function build() {
  try {
    await ensureBuilt(() => undefined);
    return { code: 0, output: '' };
  } catch (error) {
    return { code: 1, output: error.message };
  }
}
