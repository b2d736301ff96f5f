/**
 * `npm run bench -- <name> [options]`: measures and prints, judges nothing. Times are of this machine at this moment:
 * compare ratios of one run, not runs.
 */
import { ensureBuilt } from '../../scripts/lib/build.mjs';

const BENCHES = {
  backlog: 'a backlog of no-op jobs worked off by one worker',
  punctuality: 'how late a job due every 20 ms starts',
  planner: '10,000 recurring jobs due in the same second, planned and dispatched by one planner',
  stepper: 'the next occurrence of a cron expression, beside cron-parser',
};

const [name, ...args] = process.argv.slice(2);
if (!name || !(name in BENCHES)) {
  const list = Object.entries(BENCHES).map(([key, what]) => `  npm run bench -- ${key.padEnd(12)} ${what}`);
  process.stderr.write(`Name a bench:\n${list.join('\n')}\n`);
  process.exit(2);
}
await ensureBuilt();
const bench = await import(`./${name}.mjs`);
await bench.run?.(args);
