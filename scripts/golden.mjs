// npm run golden:generate: writes the tables of test/scheduling/golden, which tell when expressions run around changes of
// the clocks, from brute force over Temporal's polyfill. node scripts/golden.mjs --check: says whether they are up to date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TABLES } from './lib/golden/cases.mjs';
import { fileNameOf, pageOf } from './lib/golden/page.mjs';
import { root } from './lib/paths.mjs';

const folder = join(root, 'test', 'scheduling', 'golden');
const isCheck = process.argv.includes('--check');

mkdirSync(folder, { recursive: true });
const present = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const wanted = new Map();
for (const table of TABLES) wanted.set(fileNameOf(table.zone), await pageOf(table));

const changed = [...new Set([...present.keys(), ...wanted.keys()])].filter(
  (name) => present.get(name) !== wanted.get(name),
);
if (changed.length === 0) process.stdout.write('The golden tables are up to date.\n');
else if (isCheck) refuse();
else write();

function refuse() {
  process.stderr.write(
    `Not what brute force finds: ${changed.join(', ')}. Run \`npm run golden:generate\`, look at what changed and why, and commit it.\n`,
  );
  process.exitCode = 1;
}

function write() {
  for (const name of changed) {
    if (wanted.has(name)) writeFileSync(join(folder, name), wanted.get(name));
    else rmSync(join(folder, name));
  }
  process.stdout.write(`Written to test/scheduling/golden: ${changed.join(', ')}.\n`);
}
