export { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
export { freePort } from './free-port.js';
export { isAlive } from './postmaster-pid.js';
export type { PostgresExit } from './server-process.js';
