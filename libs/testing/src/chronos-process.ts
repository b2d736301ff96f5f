import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '#embedded-postgres';
import { TEST_SECRETS } from './test-config.js';
import { waitFor } from './wait-for.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A real process of the built product, ready to serve. */
export interface ChronosProcess {
  pid: number;
  /** `http://127.0.0.1:<port>`: the API, or a worker's probes. */
  url: string;
  /** What it wrote so far, both streams. */
  output(): string;
  /** Sends a signal and waits for the end; answers the exit code, null after a kill. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts `dist/apps/<app>` as the images do and waits until it is ready.
 * @throws Error with its output when it ends or does not become ready
 */
export async function startChronosProcess(
  app: 'api' | 'worker',
  env: Record<string, string>,
): Promise<ChronosProcess> {
  const main = `${root}/dist/apps/${app}/src/main.js`;
  if (!existsSync(main)) throw new Error(`${main} is not there: run "npm run build" first.`);
  const port = await freePort();
  return startServer([process.execPath, '--enable-source-maps', main], {
    port,
    env: {
      ...TEST_SECRETS,
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      WORKER_PORT: String(port),
      LOG_LEVEL: 'warn',
      LOG_DIR: 'off',
      RATE_LIMIT_PER_MINUTE: '100000',
      AUTH_RATE_LIMIT_PER_MINUTE: '100000',
      OUTBOUND_ALLOWED_CIDRS: '127.0.0.0/8',
      ...env,
    },
  });
}

/**
 * Starts a command that serves `/health/ready` on the loopback port and waits until it is ready. It sees `PATH` and
 * `env`, nothing else.
 * @throws Error with its output when it ends or does not become ready
 */
export async function startServer(
  [program = '', ...args]: string[],
  { port, env, cwd }: { port: number; env: Record<string, string>; cwd?: string },
): Promise<ChronosProcess> {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, `${url}/health/ready`, output);
  return {
    pid: child.pid ?? 0,
    url,
    output,
    end: (signal) => endProcess(child, signal),
  };
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return () => text;
}

async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  await waitFor(
    async () => {
      if (child.exitCode !== null) return 'ended';
      return (await fetch(url)).ok;
    },
    { what: `${url} to answer`, timeoutMs: 60_000, intervalMs: 50, progress: output },
  );
  if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode}:\n${output()}`);
}

function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}
