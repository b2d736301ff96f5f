import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('#package') as { version: string };

/** The release this process runs, as package.json states it. */
export const CHRONOS_VERSION = version;
