// npm run migration:generate|run|revert|check: the TypeORM command line on the compiled data source.
//   generate -- NAME   writes libs/database/src/migrations/<time>-NAME.ts from what the entities say
//   check              fails when the entities and the migrations have drifted apart (needs a migrated database)
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { run } from './lib/run.mjs';

const COMMANDS = {
  generate: (name) => [
    'migration:generate',
    join('libs', 'database', 'src', 'migrations', name),
    '--pretty',
    '--esm',
  ],
  run: () => ['migration:run'],
  revert: () => ['migration:revert'],
  check: () => ['migration:generate', '--check', join('libs', 'database', 'src', 'migrations', 'drift')],
};

const [command, name] = process.argv.slice(2);
try {
  if (!Object.hasOwn(COMMANDS, command)) throw new Error('Name one of generate, run, revert, check.');
  if (command === 'generate' && !name) {
    throw new Error('Name the migration: npm run migration:generate -- add-calendars');
  }
  await ensureInstalled();
  await ensureBuilt();
  const dataSource = join('dist', 'libs', 'database', 'src', 'data-source.js');
  const { code } = await run('typeorm', [...COMMANDS[command](name), '-d', dataSource]);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
