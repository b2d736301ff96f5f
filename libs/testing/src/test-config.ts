import { type ChronosConfig, type ConfigOverrides, loadConfig } from '#config';

/** Secrets of tests, known to everybody. */
export const TEST_SECRETS = {
  JWT_SECRET: 'Tn3xWq8sLr5vYb2kHd7mPf4jZc9gXa6e',
  ENCRYPTION_KEY: '8f3b6c1d5e7a90422436485a6c7e80921425364758697a8b9cadbecfd0e1f203',
} as const;

/** The default configuration with test secrets, quiet, without log files. */
export function testConfig(overrides: ConfigOverrides = {}): ChronosConfig {
  return loadConfig({ ...TEST_SECRETS, NODE_ENV: 'test', LOG_LEVEL: 'silent', LOG_DIR: 'off' }, overrides);
}
