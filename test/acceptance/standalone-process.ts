import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, tempDir, waitFor } from '#testing';

export interface StandaloneProcess {
  /** `http://127.0.0.1:PORT` */
  base: string;
  folder: string;
  dataDir: string;
  pid: number;
  admin: { email: string; password: string };
  output(): string;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

const MAIN = fileURLToPath(new URL('../../dist/apps/standalone/src/main.js', import.meta.url));

/** Variables that would change what a test starts, whatever the shell of its user holds. */
const NEUTRAL = new Set([
  'DATABASE_URL',
  'DB_HOST',
  'REDIS_URL',
  'REDIS_HOST',
  'NODE_OPTIONS',
  'VITEST',
  'NODE_ENV',
]);

/** A folder for one instance, and what starts it there, again and again. */
export async function standaloneFolder() {
  const folder = await tempDir('acceptance');
  const running = new Set<ChildProcess>();
  const port = await freePort();
  const workerPort = await freePort();

  /** Starts `dist/apps/standalone` as `npm start` does and waits for the block that ends its start. */
  async function start(env: Record<string, string> = {}): Promise<StandaloneProcess> {
    const { child, output, base, dataDir } = launch(env);
    await waitFor(() => /Chronos is ready[^]*Logs/.test(output()) || hasEnded(child), {
      what: 'the instance to be ready',
      timeoutMs: 90_000,
      progress: output,
    });
    if (hasEnded(child)) throw new Error(`The instance ended while starting:\n${output()}`);
    const secrets = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as {
      adminPassword: string;
    };
    return {
      base,
      folder: folder.path,
      dataDir,
      pid: child.pid ?? 0,
      admin: { email: 'admin@chronos.local', password: secrets.adminPassword },
      output,
      end: (signal) => end(child, signal),
    };
  }

  /** Starts it where it is expected to refuse, and answers how it ended and what it said. */
  async function refuse(env: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
    const { child, output } = launch(env);
    if (!hasEnded(child)) await once(child, 'close');
    return { code: child.exitCode, output: output() };
  }

  function launch(env: Record<string, string>) {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NEUTRAL.has(name)));
    const dataDir = env['CHRONOS_DATA_DIR'] ?? join(folder.path, 'data');
    const child = spawn(process.execPath, [MAIN], {
      cwd: folder.path,
      env: {
        ...inherited,
        PORT: String(port),
        WORKER_PORT: String(workerPort),
        CHRONOS_DATA_DIR: dataDir,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (text += String(chunk)));
    return { child, output: () => text, base: `http://127.0.0.1:${env['PORT'] ?? port}`, dataDir };
  }

  async function remove(): Promise<void> {
    await Promise.all([...running].map((child) => end(child, 'SIGTERM')));
    await folder.remove();
  }

  return { path: folder.path, start, refuse, remove };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals) {
  if (!hasEnded(child)) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return { code: child.exitCode, signal: child.signalCode };
}

/** Every process that has the text in its command line or its environment (Linux), but for ourselves. */
export async function processesOf(text: string): Promise<{ pid: number; command: string }[]> {
  const found: { pid: number; command: string }[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const [command, environment] = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    );
    if (command?.includes(text) || environment?.includes(text)) {
      found.push({ pid, command: (command ?? '').replaceAll('\0', ' ').trim() });
    }
  }
  return found;
}
