import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigError, readEnvironment } from '#config';
import { Standalone, StoppedError } from './standalone.js';

const say = (text: string) => process.stdout.write(`${text}\n`);

// It takes half a second to load, which PostgreSQL needs to start as well.
const database = import('#database');

const standalone = new Standalone({
  env: readEnvironment(),
  entries: {
    api: fileURLToPath(new URL('../../api/src/main.js', import.meta.url)),
    worker: fileURLToPath(new URL('../../worker/src/main.js', import.meta.url)),
  },
  migrate: async (url) => (await database).runMigrations(url),
  say,
  isVerbose: process.argv.includes('--verbose'),
});

/** One Ctrl-C can arrive twice, from the terminal and relayed by npm; a person is slower than this. */
const SAME_SIGNAL_MS = 1_000;
let firstSignalAt: number | undefined;

process.once('exit', () => standalone.kill());
process.on('SIGINT', () => void onSignal());
process.on('SIGTERM', () => void onSignal());
if (!isHangUpIgnored()) process.on('SIGHUP', () => void onSignal());

try {
  await standalone.start();
} catch (error) {
  if (!(error instanceof StoppedError)) {
    process.stderr.write(
      `${error instanceof ConfigError ? '' : 'Chronos could not start. '}${messageOf(error)}\n`,
    );
    process.exitCode = 1;
  }
  await standalone.stop();
  process.exit();
}

async function onSignal(): Promise<void> {
  if (firstSignalAt !== undefined) {
    if (performance.now() - firstSignalAt < SAME_SIGNAL_MS) return;
    say('Ending at once. What was running is taken up again at the next start.');
    standalone.kill();
    process.exit(1);
  }
  firstSignalAt = performance.now();
  say('Stopping: running jobs may finish. Ctrl-C again ends at once.');
  await standalone.stop();
  say('Stopped.');
  process.exit();
}

/** `nohup` starts us with SIGHUP ignored; a handler would undo that. Only Linux tells (proc(5), SigIgn). */
function isHangUpIgnored(): boolean {
  if (process.platform !== 'linux') return false;
  const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${mask}`) & 1n) === 1n;
}

/** A refused connection is an `AggregateError` without a message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
