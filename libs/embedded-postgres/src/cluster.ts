import { spawn } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import type { Launcher } from './launcher.js';

/** Name of the role that owns everything in an embedded server. */
export const POSTGRES_USER = 'chronos';

/** Major version the data directory was made by, or undefined where there is none yet. */
export async function clusterVersion(directory: string): Promise<string | undefined> {
  try {
    return (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes a new data directory: passwords required of everybody, UTF-8, sorted by code point on every system.
 * It appears under its name only when it is whole, so that an interrupted first start leaves nothing half done.
 */
export async function createCluster(
  directory: string,
  password: string,
  binaries: PostgresBinaries,
  launcher: Launcher,
  isDurable: boolean,
): Promise<void> {
  const building = `${directory}.new`;
  const passwordFile = `${directory}.password`;
  await mkdir(dirname(directory), { recursive: true });
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (launcher.account) {
    await chown(building, launcher.account.uid, launcher.account.gid);
    await chown(passwordFile, launcher.account.uid, launcher.account.gid);
  }
  const args = [
    `--pgdata=${building}`,
    `--username=${POSTGRES_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(isDurable ? [] : ['--no-sync']),
  ];
  try {
    await runToEnd(launcher.command(binaries.initdb, args));
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(building, directory);
}

async function runToEnd({ file, args, options }: ReturnType<Launcher['command']>): Promise<void> {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new Error(`Making the database failed (${signal ?? `exit code ${code}`}):\n${output.trim()}`));
    });
  });
}
