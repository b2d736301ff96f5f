import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import type { Launcher } from './launcher.js';
import { readPostmasterPid } from './postmaster-pid.js';

const START_TIMEOUT_MS = 60_000;

/** A port may be taken between asking for a free one and listening on it. */
const PORT_ATTEMPTS = 5;

/** Small enough for a laptop, large enough for a busy single machine; durability is never traded away. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  lc_messages: 'C',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
};

export interface ServerProcess {
  child: ChildProcess;
  port: number;
}

/** How a server ended: by us, or on its own. */
export interface PostgresExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * Starts the server on the preferred or else a free loopback port, in a process group of its own, and waits until it takes connections.
 *
 * @throws Error with what the server wrote into its log
 */
export async function launchServer(
  program: string,
  directory: string,
  logFile: string,
  settings: Record<string, string>,
  launcher: Launcher,
  preferredPort?: number,
): Promise<ServerProcess> {
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  let said = '';
  for (let attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
    const port = attempt === 1 && preferredPort !== undefined ? preferredPort : await freePort();
    const command = launcher.command(program, ['-D', directory, '-p', String(port), ...flags]);
    const log = await open(logFile, 'a', 0o600);
    const { size: logStart } = await log.stat();
    const child = spawn(command.file, command.args, {
      ...command.options,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    if (await isReady(child, directory)) return { child, port };
    said = (await readFile(logFile)).subarray(logStart).toString('utf8').trim();
    // The memory of a killed server is held until its last child has noticed.
    if (!/Address already in use|shared memory block/.test(said)) break;
    await sleep(100 * attempt);
  }
  throw new Error(`PostgreSQL did not start. It said (${logFile}):\n${said}`);
}

/** Settles when the process has ended, at once if it already has. */
export function exitOf(child: ChildProcess): Promise<PostgresExit> {
  if (hasExited(child)) return Promise.resolve({ code: child.exitCode, signal: child.signalCode });
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

export function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function isReady(child: ChildProcess, directory: string): Promise<boolean> {
  const ended = new Promise<true>((resolve, reject) => {
    child.once('error', reject).once('exit', () => resolve(true));
  });
  const end = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < end) {
    const noted = await readPostmasterPid(directory);
    if (noted !== undefined && noted.pid === child.pid && noted.isReady) return true;
    if (await Promise.race([ended, sleep(10, false)])) return false;
  }
  child.kill('SIGQUIT');
  await ended;
  return false;
}
