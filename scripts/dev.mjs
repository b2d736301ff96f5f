// npm run dev: everything on this machine, compiled and started again after each change; the dashboard by Vite, in place.
// npm run dev:worker: one more worker beside it (services mode needs DB_HOST and REDIS_HOST, for instance from .env).
import { fork, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, watchFile, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { root } from './lib/paths.mjs';
import { toolEnv } from './lib/run.mjs';

const app = process.argv[2] ?? 'standalone';
const entry = join(root, 'dist', 'apps', app, 'src', 'main.js');
/** Says which process compiles, and changes with each good compilation: one compiler serves all. */
const beacon = join(root, 'node_modules', '.cache', 'chronos-dev.json');

checkNodeVersion();
await ensureInstalled();

let child;
let dashboard;
let isRestarting = false;
let isStale = false;
let isStopping = false;

const compiler = isCompilerRunning() ? undefined : compile();
if (!compiler) {
  say('another `npm run dev` compiles; following it');
  await restart();
}
watchFile(beacon, { interval: 200 }, () => {
  if (existsSync(beacon)) void restart();
});

if (app === 'standalone') dashboard = serveDashboard();

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop());

/** `nest build --watch`, whose last line of each round says how many faults it found. */
function compile() {
  say('compiling (about twenty seconds the first time)');
  const process_ = spawn(
    'nest',
    ['build', 'api', '--watch', '--preserveWatchOutput', '--path', 'tsconfig.dev.json'],
    {
      cwd: root,
      env: toolEnv({ FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }),
      shell: process.platform === 'win32',
      // Out of reach of Ctrl-C, which is ours to handle.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  process_.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text);
    if (/Found 0 errors/.test(text)) announce();
    else if (/Found \d+ errors?/.test(text)) say('the last good build goes on running until this is mended');
  });
  process_.once('exit', (code) => {
    if (!isStopping) {
      say(`the compiler ended (exit code ${code})`);
      void stop(1);
    }
  });
  return process_;
}

/** Vite's own server, which asks the API for what is under /api. */
function serveDashboard() {
  return spawn('vite', ['apps/dashboard', '--clearScreen', 'false'], {
    cwd: root,
    env: toolEnv({ FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }),
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
  }).once('exit', (code) => {
    if (!isStopping) say(`the server of the dashboard ended (exit code ${code})`);
  });
}

function announce() {
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  writeFileSync(beacon, JSON.stringify({ pid: process.pid, at: Date.now() }));
}

function isCompilerRunning() {
  if (!existsSync(beacon)) return false;
  try {
    process.kill(JSON.parse(readFileSync(beacon, 'utf8')).pid, 0);
    return true;
  } catch {
    // Left behind by one that was killed.
    rmSync(beacon, { force: true });
    return false;
  }
}

/** Stops what runs and starts the newest build; changes that arrive meanwhile lead to one more round. */
async function restart() {
  isStale = true;
  if (isRestarting) return;
  isRestarting = true;
  while (isStale && !isStopping) {
    isStale = false;
    await stopChild();
    if (isStopping || isStale) continue;
    say(`starting ${app}`);
    child = fork(entry, app === 'standalone' ? ['--verbose'] : [], {
      cwd: root,
      env: await childEnv(),
      detached: process.platform !== 'win32',
    });
    child.once('exit', (code, signal) => say(`${app} ended (${signal ?? `exit code ${code}`})`));
  }
  isRestarting = false;
}

function stopChild() {
  return new Promise((resolve) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

async function stop(code = 0) {
  if (isStopping) {
    child?.kill('SIGKILL');
    process.exit(1);
  }
  isStopping = true;
  dashboard?.kill('SIGTERM');
  await stopChild();
  if (compiler) {
    compiler.kill('SIGTERM');
    rmSync(beacon, { force: true });
  }
  process.exit(code);
}

/** A second worker needs another port for its probes, unless one was named. */
async function childEnv() {
  if (app !== 'worker' || process.env.WORKER_PORT || (await isFree(3001))) return process.env;
  return { ...process.env, WORKER_PORT: String(await freePort()) };
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false)).listen(port, () => server.close(() => resolve(true)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function say(text) {
  process.stdout.write(`dev: ${text}\n`);
}
