import { chmod } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { standaloneFolder } from '../../acceptance/standalone-process.js';
import { findChromium } from './chromium.js';

/** Where an instance answers that browser tests look at, and its administrator. */
export interface ProvidedInstance {
  url: string;
  admin: { email: string; password: string };
  dataDir: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker of vitest, by `VITEST_POOL_ID - 1`. */
    instances: ProvidedInstance[];
    /** The path of the browser. */
    chromium: string;
  }
}

/** Limits meant for people, not for a hundred pages a minute. */
const ENV = { RATE_LIMIT_PER_MINUTE: '1000000', AUTH_RATE_LIMIT_PER_MINUTE: '1000000' };

/**
 * A real instance for each worker, as `npm start` runs it, which the files of that worker have to themselves one after the other.
 * Within a file tests keep apart by making users of their own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folders = await Promise.all(Array.from({ length: project.config.maxWorkers }, standaloneFolder));
  const remove = async () => {
    await Promise.all(folders.map((folder) => folder.remove()));
  };
  try {
    // Found before the workers begin, of whom one could meet a browser that another is still unpacking.
    project.provide('chromium', await findChromium());
    project.provide('instances', await Promise.all(folders.map(start)));
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}

async function start(folder: Awaited<ReturnType<typeof standaloneFolder>>): Promise<ProvidedInstance> {
  // Scripts run as another user where the worker is root, and must come into their working directory.
  await chmod(folder.path, 0o755);
  const { base, admin, dataDir } = await folder.start(ENV);
  return { url: base, admin, dataDir };
}
