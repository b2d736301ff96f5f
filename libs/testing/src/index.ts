export { freePort } from '#embedded-postgres';
export { startTestPostgres, type TestServer } from './postgres-server.js';
export { startTestRedis } from './redis-server.js';
export { type TempDir, tempDir } from './temp-dir.js';
export { TEST_SECRETS, testConfig } from './test-config.js';
export { createEmptyDatabase, createTestDatabase, type TestDatabase, testRedisUrl } from './test-database.js';
export { waitFor, type WaitOptions } from './wait-for.js';
