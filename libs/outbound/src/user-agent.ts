import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What outbound calls introduce themselves as: `Chronos/<version of this installation>`. */
export const USER_AGENT = `Chronos/${installedVersion()}`;

/** From the nearest package.json above; sources and build lie at different depths below it. */
function installedVersion(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(directory, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    const parent = dirname(directory);
    if (parent === directory) throw new Error('There is no package.json above the executors.');
    directory = parent;
  }
}
