import { fileURLToPath } from 'node:url';
import { DataSource } from 'typeorm';
import { loadDatabaseConfig } from '#config';
import { dataSourceOptions } from './data-source-options.js';

/** Every entity of the libraries, found by file name: this library stands below those that own them. */
const entities = [fileURLToPath(new URL('../../*/src/**/*.entity.js', import.meta.url))];

/**
 * What the TypeORM command line works with (`migration:run`, `revert`, `generate --check`).
 * Reads `DATABASE_URL`, or the `DB_*` variables.
 */
export default new DataSource({ ...dataSourceOptions(loadDatabaseConfig().url), entities });
