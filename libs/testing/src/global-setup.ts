import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { runMigrations } from '#database';
import './provided-context.js';
import { databaseUrl, onServer } from './maintenance.js';
import { startTestPostgres } from './postgres-server.js';
import { redisForRun } from './redis-server.js';

const TEMPLATE = 'chronos_template';
/** They need no servers, or bring their own. */
const WITHOUT_SERVERS = new Set(['unit', 'browser', 'screenshots']);
/** They run what was built. */
const OF_THE_BUILD = new Set(['acceptance', 'browser', 'screenshots']);

/** One PostgreSQL and one Redis for the whole run, started only when a project that needs them is run. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const needsServers = project.vitest.projects.some((one) => !WITHOUT_SERVERS.has(one.name));
  if (project.vitest.projects.some((one) => OF_THE_BUILD.has(one.name))) await build();
  if (!needsServers) {
    provide('', '');
    return () => Promise.resolve();
  }
  const started = await Promise.allSettled([startTestPostgres(), redisForRun()]);
  const stop = async () => {
    const running = started.filter((one) => one.status === 'fulfilled');
    await Promise.all(running.map((one) => one.value.stop()));
  };
  try {
    const [postgres, redis] = started;
    if (postgres.status === 'rejected') throw postgres.reason;
    if (redis.status === 'rejected') throw redis.reason;
    await makeTemplate(postgres.value.url);
    provide(postgres.value.url, redis.value.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;

  function provide(postgresUrl: string, redisUrl: string): void {
    project.provide('postgresUrl', postgresUrl);
    project.provide('templateDatabase', TEMPLATE);
    project.provide('redisUrl', redisUrl);
  }
}

/** Acceptance tests run what is in dist/. Does nothing when that is up to date. */
async function build(): Promise<void> {
  const script = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url));
  // vitest says `test` here, which would make another dashboard than the one that is released.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [script], { env });
}

async function makeTemplate(url: string): Promise<void> {
  await onServer(url, (client) => client.query(`CREATE DATABASE ${TEMPLATE}`));
  await runMigrations(databaseUrl(url, TEMPLATE));
  // Nobody may be connected to a database while it is cloned.
  await onServer(url, (client) => client.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false`));
}
