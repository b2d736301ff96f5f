import { chmod } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { standaloneFolder } from '../../acceptance/standalone-process.js';

/** Where the instance answers that all browser tests look at, and its administrator. */
export interface ProvidedInstance {
  url: string;
  admin: { email: string; password: string };
  dataDir: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    instance: ProvidedInstance;
  }
}

/** Limits meant for people, not for a hundred pages a minute. */
const ENV = { RATE_LIMIT_PER_MINUTE: '1000000', AUTH_RATE_LIMIT_PER_MINUTE: '1000000' };

/** One real instance for all browser tests, as `npm start` runs it. Tests keep apart by making users of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await standaloneFolder();
  try {
    // Scripts run as another user where the worker is root, and must come into their working directory.
    await chmod(folder.path, 0o755);
    const { base, admin, dataDir } = await folder.start(ENV);
    project.provide('instance', { url: base, admin, dataDir });
    return () => folder.remove();
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
