export { freePort } from '#embedded-postgres';
export { type LogLine, type TestContext, testContext } from './execution-context.js';
export {
  type ConformanceHarness,
  type ConformanceSubject,
  describeExecutorConformance,
  type RunAttempt,
} from './executor-conformance.js';
export { type Answer, type HttpReceiver, type ReceivedRequest, startHttpReceiver } from './http-receiver.js';
export { lintMetrics } from './prometheus-lint.js';
export { startTestPostgres, type TestPostgres, type TestServer } from './postgres-server.js';
export { startTestRedis } from './redis-server.js';
export { startTcpProxy, type TcpProxy } from './tcp-proxy.js';
export { type ReceivedMail, type SmtpReceiver, startSmtpReceiver } from './smtp-receiver.js';
export { type TempDir, tempDir } from './temp-dir.js';
export { TEST_SECRETS, testConfig } from './test-config.js';
export { createEmptyDatabase, createTestDatabase, type TestDatabase, testRedisUrl } from './test-database.js';
export { waitFor, type WaitOptions } from './wait-for.js';
export { type ApiAnswer, ApiClient } from './api-client.js';
export { type ChronosProcess, startChronosProcess, startServer } from './chronos-process.js';
