export { isDatabaseDown } from './database-down.js';
export { DatabaseClock } from './database-clock.service.js';
export { dataSourceOptions } from './data-source-options.js';
export { DatabaseModule } from './database.module.js';
export { newId } from './new-id.js';
export { ensurePartitions } from './partitions.js';
export { CHANNELS, PgNotifications, wakePlanners } from './pg-notifications.service.js';
export { queryRows, type SqlRunner } from './query-rows.js';
export { runMigrations } from './run-migrations.js';
