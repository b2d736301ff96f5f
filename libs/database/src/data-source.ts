import { fileURLToPath } from 'node:url';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source-options.js';

/** Every entity of the libraries, found by file name: this library stands below those that own them. */
const entities = [fileURLToPath(new URL('../../*/src/**/*.entity.js', import.meta.url))];

/**
 * What the TypeORM command line works with (`migration:run`, `revert`, `generate --check`).
 * Reads `DATABASE_URL`, or the `DB_*` variables.
 */
export default new DataSource({ ...dataSourceOptions(databaseUrl()), entities });

function databaseUrl(): string {
  const { DATABASE_URL, DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD } = process.env;
  if (DATABASE_URL) return DATABASE_URL;
  const url = new URL('postgres://localhost');
  url.hostname = DB_HOST ?? 'localhost';
  url.port = DB_PORT ?? '5432';
  url.username = DB_USER ?? 'chronos_user';
  url.password = DB_PASSWORD ?? '';
  url.pathname = DB_NAME ?? 'chronos_db';
  return url.href;
}
