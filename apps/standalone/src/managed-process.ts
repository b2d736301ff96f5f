import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ManagedProcessOptions {
  name: string;
  /** Compiled module to run. */
  entry: string;
  env: Record<string, string | undefined>;
  /** How long it may take to stop in order before it is killed, in milliseconds. */
  stopPatienceMs: number;
  /** Each line it writes to standard output. */
  onOutput: (line: string) => void;
  /** What a person at the terminal should know. */
  onNotice: (text: string) => void;
  /** Waits between two starts after crashes; doubles up to the most, and begins anew after a long good run. */
  backoff?: { firstMs: number; mostMs: number; goodRunMs: number };
}

const BACKOFF = { firstMs: 500, mostMs: 30_000, goodRunMs: 60_000 };

/** How long a process may take until it says that it serves. */
const READY_TIMEOUT_MS = 60_000;

type State = 'idle' | 'running' | 'stopping';

/**
 * A child process that is there as long as we are: started again with growing waits when it ends by itself, stopped
 * in order when asked. It has a process group of its own, so that Ctrl-C reaches it only through us, and a channel
 * to us, by whose end it sees that we are gone.
 */
export class ManagedProcess {
  #state: State = 'idle';
  #child: ChildProcess | undefined;
  /** Ends the wait before the next start. */
  readonly #giveUp = new AbortController();
  #isDone: Promise<void> = Promise.resolve();

  constructor(private readonly options: ManagedProcessOptions) {}

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Starts it and waits until it is ready.
   * @throws Error when it ends before it was ever ready; it is not started again then.
   */
  async start(): Promise<void> {
    if (this.#state !== 'idle') throw new Error(`${this.options.name} was started before.`);
    this.#state = 'running';
    const child = this.#launch();
    const end = endOf(child);
    try {
      await readiness(child, end, this.options.name);
    } catch (error) {
      this.#state = 'stopping';
      child.kill('SIGKILL');
      await end;
      throw error;
    }
    this.#isDone = this.#keepRunning(child, end);
  }

  /** Asks it to stop and waits; kills it when it takes longer than it may. */
  async stop(): Promise<void> {
    this.#state = 'stopping';
    this.#giveUp.abort();
    const child = this.#child;
    if (child && !hasEnded(child)) {
      const end = endOf(child);
      child.kill('SIGTERM');
      const timer = setTimeout(() => {
        this.options.onNotice(`The ${this.options.name} did not stop in time; killing it.`);
        child.kill('SIGKILL');
      }, this.options.stopPatienceMs);
      await end;
      clearTimeout(timer);
    }
    await this.#isDone;
  }

  /** Ends it without waiting. */
  kill(): void {
    this.#state = 'stopping';
    this.#giveUp.abort();
    this.#child?.kill('SIGKILL');
  }

  async #keepRunning(first: ChildProcess, firstEnd: Promise<string>): Promise<void> {
    const { firstMs, mostMs, goodRunMs } = this.options.backoff ?? BACKOFF;
    let child = first;
    let end = firstEnd;
    let waitMs = firstMs;
    let startedAt = performance.now();
    for (;;) {
      const how = await end;
      if (this.#isStopping()) return;
      if (performance.now() - startedAt >= goodRunMs) waitMs = firstMs;
      this.options.onNotice(`The ${this.options.name} ended (${how}); starting it again in ${waitMs} ms.`);
      await sleep(waitMs, undefined, { signal: this.#giveUp.signal }).catch(() => undefined);
      if (this.#isStopping()) return;
      waitMs = Math.min(waitMs * 2, mostMs);
      startedAt = performance.now();
      child = this.#launch();
      end = endOf(child);
      void readiness(child, end, this.options.name).then(
        () => this.options.onNotice(`The ${this.options.name} runs again.`),
        // It ended before it was ready: this loop sees that as well. It hangs: make it end.
        () => child.kill('SIGKILL'),
      );
    }
  }

  #isStopping(): boolean {
    return this.#state === 'stopping';
  }

  #launch(): ChildProcess {
    const { entry, env, onOutput, onNotice, name } = this.options;
    const child = fork(entry, [], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.on('error', (error) => onNotice(`The ${name}: ${error.message}`));
    if (child.stdout) createInterface({ input: child.stdout }).on('line', onOutput);
    if (child.stderr) createInterface({ input: child.stderr }).on('line', onNotice);
    this.#child = child;
    return child;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Settles with how it ended, in words. A process that could not be started never ends otherwise. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(error.message);
    });
  });
}

async function readiness(child: ChildProcess, end: Promise<string>, name: string): Promise<void> {
  const timer = new AbortController();
  const ready = new Promise<true>((resolve) => {
    child.on('message', (message) => {
      if (isReadyMessage(message)) resolve(true);
    });
  });
  const patience = sleep(READY_TIMEOUT_MS, `is not ready after ${READY_TIMEOUT_MS / 1000} s`, {
    signal: timer.signal,
  }).catch(() => '');
  const result = await Promise.race([ready, end.then((how) => `ended while starting (${how})`), patience]);
  timer.abort();
  if (result !== true) throw new Error(`The ${name} ${result}.`);
}

function isReadyMessage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
