import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where `npm run build` puts the dashboard: beside `dist/`, which the compiler empties. */
export function dashboardFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('#package')), 'dist-dashboard');
}

/** The page as it was built, or undefined where the dashboard was not. */
export function readPage(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
