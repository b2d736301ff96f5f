import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ScriptConfig } from '#config';
import type { ExecutionContext, JsonObject } from '#contracts';
import { describeExecutorConformance, testConfig, testContext } from '#testing';
import { runAttempt } from '../attempt/run-attempt.js';
import { newProcessTag, PROCESS_TAG } from './process-tag.js';
import { scriptIdentity } from './script-identity.js';
import { ScriptExecutor } from './script.executor.js';

/** A folder that the user scripts run as may use, and a private one for temporary files. */
async function workspace() {
  const folder = await mkdtemp(join(tmpdir(), 'chronos-scripts-'));
  await chmod(folder, 0o777);
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  await chmod(temporary, 0o755);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  return {
    folder,
    temporary,
    remove: async () => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      await rm(folder, { recursive: true });
    },
  };
}

const executorFor = (root: string, script: Partial<ScriptConfig> = {}) =>
  new ScriptExecutor(
    testConfig({ script: { policy: 'admin', root, allowedCommands: undefined, ...script } }),
  );

const shell = (line: string, more: JsonObject = {}) => ({ command: 'sh', args: ['-c', line], ...more });

/** Processes that carry `word` in their environment. Zombies have none. */
async function processesWith(word: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')),
  );
  return pids.filter((_pid, index) => environments[index]?.includes(word));
}

/** A killed process takes a moment to be gone. */
const isGone = (mark: string) =>
  vi.waitFor(async () => expect(await processesWith(mark)).toEqual([]), { timeout: 15_000 });

const isThere = (file: string) => vi.waitFor(() => readFile(file), { timeout: 15_000 });

describeExecutorConformance('ScriptExecutor', {
  type: 'script',
  runAttempt,
  badPayloads: [
    [{}, 'payload.command'],
    [{ command: '' }, 'payload.command'],
    [{ command: 'sh', args: '-c ls' }, 'payload.args'],
    [{ command: 'sh', env: { 'A B': 'x' } }, 'payload.env.A B'],
    [{ command: 'sh', shell: true }, 'payload.shell'],
  ],
  async start() {
    const mark = randomUUID();
    const { folder, temporary, remove } = await workspace();
    const env = { MARK: mark, SECRET: 'env-secret' };
    return {
      executor: executorFor(folder),
      success: {
        payload: shell('cat; echo warned >&2', { env, stdin: 'ünï' }),
        result: {
          exitCode: 0,
          signal: null,
          stdout: 'ünï',
          stderr: 'warned\n',
          stdoutTruncated: false,
          stderrTruncated: false,
        },
      },
      failure: {
        payload: { command: 'sh', args: ['-c', 'exit 3', 'arg-secret'], env, stdin: 'stdin-secret' },
        code: 'EXIT_CODE',
        retryable: true,
      },
      hang: {
        payload: shell('sleep 1000 & touch "started-$CHRONOS_EXECUTION_ID"; sleep 1000', { env }),
        started: async ({ executionId }) => void (await isThere(join(folder, `started-${executionId}`))),
      },
      oversized: {
        payload: shell('much() { head -c 9000000 /dev/zero | tr "\\0" "\\1"; }; much; much >&2', { env }),
        end: { status: 'completed', result: { stdoutTruncated: true, stderrTruncated: true } },
      },
      secrets: ['env-secret', 'arg-secret', 'stdin-secret'],
      leftovers: async () => [...(await processesWith(mark)), ...(await readdir(temporary))],
      stop: remove,
    };
  },
});

describe('ScriptExecutor', () => {
  let space: Awaited<ReturnType<typeof workspace>>;
  beforeAll(async () => {
    space = await workspace();
  });
  afterAll(() => space.remove());

  const run = (payload: JsonObject, script: Partial<ScriptConfig> = {}, test = testContext()) =>
    runAttempt(executorFor(space.folder, script), payload, test.context);
  const outputOf = async (payload: JsonObject, context?: ExecutionContext) => {
    const end = await runAttempt(executorFor(space.folder), payload, context ?? testContext().context);
    if (end.status !== 'completed') throw new Error(`It did not complete: ${JSON.stringify(end)}`);
    return (end.result as { stdout: string }).stdout;
  };

  describe('the program', () => {
    it('gets its arguments as they are: no shell reads them', async () => {
      const args = ['%s\\n', '$(id) ; `id` && $HOME "quoted" *'];
      expect(await outputOf({ command: 'printf', args })).toBe('$(id) ; `id` && $HOME "quoted" *\n');
      expect(await run({ command: 'echo hello; id' })).toMatchObject({
        status: 'failed',
        error: {
          code: 'COMMAND_NOT_FOUND',
          message: expect.stringContaining('payload.args'),
          retryable: false,
        },
      });
    });

    it.each([
      [
        'exit 3',
        {
          error: { code: 'EXIT_CODE', message: 'sh exited with code 3', retryable: true },
          result: { exitCode: 3 },
        },
      ],
      [
        'echo told; kill -KILL $$',
        {
          error: { code: 'EXIT_SIGNAL', message: 'sh was ended by SIGKILL', retryable: true },
          result: { exitCode: null, signal: 'SIGKILL', stdout: 'told\n' },
        },
      ],
    ])('that ends with "%s" has failed', async (line, expected) => {
      expect(await run(shell(line))).toMatchObject({ status: 'failed', ...expected });
    });

    it('may leave its input unread', async () => {
      expect(await run({ command: 'true', stdin: 'x'.repeat(131_072) })).toMatchObject({
        status: 'completed',
      });
    });

    it.each([
      ['no-such-program', 'COMMAND_NOT_FOUND'],
      ['/no/such/program', 'COMMAND_NOT_FOUND'],
      ['./plain.txt', 'COMMAND_NOT_EXECUTABLE'],
      ['./bad-interpreter', 'COMMAND_NOT_FOUND'],
    ])('%s cannot be started: %s, for good', async (command, code) => {
      await writeFile(join(space.folder, 'plain.txt'), 'no program', { mode: 0o644 });
      await writeFile(join(space.folder, 'bad-interpreter'), '#!/no/such/shell\n', { mode: 0o755 });
      expect(await run({ command })).toMatchObject({ status: 'failed', error: { code, retryable: false } });
      expect(await readdir(space.temporary)).toEqual([]);
    });

    it('is found relative to the working directory', async () => {
      await writeFile(join(space.folder, 'greet'), '#!/bin/sh\necho hello "$1"\n', { mode: 0o755 });
      expect(await outputOf({ command: './greet', args: ['you'] })).toBe('hello you\n');
    });
  });

  describe('the environment', () => {
    it("holds nothing of the worker's but PATH", async () => {
      process.env['WORKER_ONLY_SECRET'] = 'hidden';
      const { context } = testContext({ attempt: 2 });
      const output = await outputOf({ command: 'env', env: { GIVEN: 'yes', CHRONOS_ATTEMPT: '9' } }, context);
      delete process.env['WORKER_ONLY_SECRET'];
      const variables = Object.fromEntries(
        output
          .trim()
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      expect(variables).toEqual({
        PATH: process.env['PATH'],
        HOME: expect.stringContaining(space.temporary),
        TMPDIR: variables['HOME'],
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        GIVEN: 'yes',
        CHRONOS_EXECUTION_ID: context.executionId,
        CHRONOS_JOB_ID: context.jobId,
        CHRONOS_ATTEMPT: '2',
        CHRONOS_SCHEDULED_FOR: '2026-03-01T09:00:00.000Z',
        CHRONOS_PROCESS_TAG: expect.any(String),
      });
    });

    it('has a home to write to, which is gone afterwards', async () => {
      expect(await outputOf(shell('echo x > "$HOME/file" && cat "$HOME/file"'))).toBe('x\n');
      expect(await readdir(space.temporary)).toEqual([]);
    });

    it('is that of another user where the worker is root, who cannot read the worker', async () => {
      const uid = scriptIdentity()?.uid ?? process.getuid?.();
      expect(await outputOf(shell('echo "$(id -u) $(id -G)"'))).toMatch(new RegExp(`^${uid} `));
      const reading = await run(shell(`cat /proc/${process.pid}/environ`));
      expect(reading.status).toBe(scriptIdentity() ? 'failed' : 'completed');
    });
  });

  describe('the working directory', () => {
    it('is SCRIPT_ROOT, or one within it', async () => {
      await mkdir(join(space.folder, 'sub'), { recursive: true });
      await chmod(join(space.folder, 'sub'), 0o755);
      expect(await outputOf({ command: 'pwd' })).toBe(`${space.folder}\n`);
      expect(await outputOf({ command: 'pwd', cwd: 'sub' })).toBe(`${space.folder}/sub\n`);
      expect(await outputOf({ command: 'pwd', cwd: join(space.folder, 'sub') })).toBe(
        `${space.folder}/sub\n`,
      );
    });

    it.each([
      ['..', 'CWD_OUTSIDE_ROOT'],
      ['/etc', 'CWD_OUTSIDE_ROOT'],
      ['/no/such/place', 'CWD_OUTSIDE_ROOT'],
      ['escape', 'CWD_OUTSIDE_ROOT'],
      ['escape/ssh', 'CWD_OUTSIDE_ROOT'],
      ['missing', 'CWD_NOT_FOUND'],
      ['file.txt', 'CWD_NOT_FOUND'],
    ])('cannot be %s: %s', async (cwd, code) => {
      await symlink('/etc', join(space.folder, 'escape')).catch(() => undefined);
      await mkdir('/etc/ssh', { recursive: true }).catch(() => undefined);
      await writeFile(join(space.folder, 'file.txt'), '');
      expect(await run({ command: 'pwd', cwd })).toMatchObject({
        status: 'failed',
        error: { code, retryable: false },
      });
    });

    it.runIf(scriptIdentity())('must be open to the user that scripts run as', async () => {
      const closed = join(space.folder, 'closed');
      await mkdir(join(closed, 'inner'), { recursive: true });
      await chmod(closed, 0o700);
      expect(await run({ command: 'pwd', cwd: 'closed/inner' })).toMatchObject({
        error: {
          code: 'CWD_INACCESSIBLE',
          message: expect.stringContaining(`may not enter ${closed}`),
          retryable: false,
        },
      });
    });
  });

  describe('what is allowed', () => {
    it('is nothing where script jobs are off', async () => {
      expect(await run({ command: 'true' }, { policy: 'off' })).toMatchObject({
        error: { code: 'SCRIPTS_OFF', message: expect.stringContaining('SCRIPT_JOBS'), retryable: false },
      });
    });

    it.each<[string, string[], object]>([
      ['true', ['true'], { status: 'completed' }],
      ['true', ['sh'], { error: { code: 'COMMAND_NOT_ALLOWED', retryable: false } }],
      ['./true', ['true'], { error: { code: 'COMMAND_NOT_ALLOWED' } }],
      ['/tmp/true', ['true'], { error: { code: 'COMMAND_NOT_ALLOWED' } }],
      ['no-such-program', ['true'], { error: { code: 'COMMAND_NOT_ALLOWED' } }],
      ['/bin/sh', ['/bin/sh'], { status: 'completed' }],
    ])('%s with a list of %j', async (command, allowedCommands, expected) => {
      expect(await run({ command }, { allowedCommands })).toMatchObject(expected);
    });

    it.each(['PATH', 'LD_PRELOAD', 'NODE_OPTIONS', 'BASH_ENV'])(
      'is not changed by setting %s',
      async (name) => {
        expect(
          await run({ command: 'true', env: { [name]: 'x' } }, { allowedCommands: ['true'] }),
        ).toMatchObject({
          error: {
            code: 'ENV_NOT_ALLOWED',
            message: expect.stringContaining(`payload.env.${name}`),
            retryable: false,
          },
        });
      },
    );

    it("is looked up on the worker's PATH, not on the payload's", async () => {
      const end = await run({ command: 'true', env: { PATH: '/nowhere' } });
      expect(end).toMatchObject({ status: 'completed' });
    });
  });

  describe('the output', () => {
    it('is in the logs while the program runs', async () => {
      const go = join(space.folder, 'go');
      const test = testContext();
      const wait = `echo "to stdout"; echo "to stderr" >&2; until [ -e "${go}" ]; do sleep 0.01; done; echo done`;
      const running = run(shell(wait), {}, test);
      await vi.waitFor(() => expect(test.lines).toHaveLength(2), { timeout: 15_000 });
      expect(test.lines).toEqual(
        expect.arrayContaining([
          { level: 'info', message: 'to stdout' },
          { level: 'warn', message: 'to stderr' },
        ]),
      );
      await writeFile(go, '');
      expect(await running).toMatchObject({ status: 'completed' });
      expect(test.lines).toContainEqual({ level: 'info', message: 'done' });
    });
  });

  describe('leaves nobody behind', () => {
    it.each([
      ['in the background', 'sleep 1000 & echo started'],
      [
        'that ignores hang-ups and holds the output open',
        "trap '' HUP; (sleep 1000; echo late) & echo started",
      ],
      ['in a session of its own', 'setsid sleep 1000 & echo started'],
      ['forked twice into a session of its own', '(setsid sh -c "sleep 1000 & sleep 1000" &) ; echo started'],
    ])('a process %s', async (_name, line) => {
      const mark = randomUUID();
      expect(await run(shell(line, { env: { MARK: mark } }))).toMatchObject({
        status: 'completed',
        result: { stdout: 'started\n' },
      });
      await isGone(mark);
    });

    it('when it is told to stop, and lets the program clean up before', async () => {
      const file = join(space.folder, 'cleaned-up');
      const ready = join(space.folder, 'ready');
      const test = testContext();
      const line = `trap 'echo x > "${file}"; exit 0' TERM; touch "${ready}"; while :; do sleep 0.01; done`;
      const running = run(shell(line), {}, test);
      await isThere(ready);
      test.abort('cancelled');
      expect(await running).toEqual({ status: 'cancelled' });
      expect(await readFile(file, 'utf8')).toBe('x\n');
    });

    it('when its own time limit is over', async () => {
      const mark = randomUUID();
      const end = await run(shell('sleep 1000', { timeout: 200, env: { MARK: mark } }));
      expect(end).toMatchObject({ status: 'timed_out', error: { message: 'took longer than 200 ms' } });
      await isGone(mark);
    });

    it('when another worker was killed and could not end its scripts', async () => {
      const [orphan, kept] = [randomUUID(), randomUUID()];
      const tag = await newProcessTag();
      const [namespace, pid, , id] = tag.split('.');
      const sleeper = (mark: string, processTag: string) =>
        spawn('/bin/sleep', ['1000'], { env: { MARK: mark, [PROCESS_TAG]: processTag }, stdio: 'ignore' });
      sleeper(orphan, `${namespace}.${pid}.1.${id}`);
      const living = sleeper(kept, tag);
      const elsewhere = sleeper(kept, `1${namespace}.${pid}.1.${id}`);
      await vi.waitFor(async () => expect(await processesWith(kept)).toHaveLength(2), { timeout: 15_000 });

      const executor = executorFor(space.folder);
      await executor.onModuleInit();
      await isGone(orphan);
      expect(await processesWith(kept)).toHaveLength(2);
      executor.onApplicationShutdown();
      for (const process of [living, elsewhere]) process.kill('SIGKILL');
    });

    it('when the worker shuts down in a hurry', async () => {
      const mark = randomUUID();
      const executor = executorFor(space.folder);
      await executor.onModuleInit();
      const running = runAttempt(
        executor,
        shell('sleep 1000', { env: { MARK: mark } }),
        testContext().context,
      );
      await vi.waitFor(async () => expect(await processesWith(mark)).not.toEqual([]), { timeout: 15_000 });
      executor.onApplicationShutdown();
      expect(await running).toMatchObject({ error: { code: 'EXIT_SIGNAL' } });
      await isGone(mark);
    });
  });
});
