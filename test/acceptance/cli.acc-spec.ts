import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TempDir, tempDir, waitFor } from '#testing';
import { CRONTAB } from '../../apps/cli/src/crontab/crontab-fixture.js';
import { type StandaloneProcess, standaloneFolder } from './standalone-process.js';

const MAIN = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));

interface Said {
  code: number | null;
  out: string;
  err: string;
}

describe('chronos', () => {
  let instance: Awaited<ReturnType<typeof standaloneFolder>>;
  let server: StandaloneProcess;
  let home: TempDir;

  beforeAll(async () => {
    home = await tempDir('cli');
    instance = await standaloneFolder();
    // Scripts run as another user where we are root.
    await chmod(instance.path, 0o755);
    server = await instance.start();
    const said = await run(
      ['login', '--server', server.base, '--email', server.admin.email, '--password-stdin'],
      {
        input: server.admin.password,
      },
    );
    if (said.code !== 0) throw new Error(`The sign-in failed: ${said.err}`);
  });

  afterAll(async () => {
    await instance.remove();
    await home.remove();
  });

  function start(args: string[], env: Record<string, string> = {}) {
    return spawn(process.execPath, [MAIN, ...args], {
      cwd: home.path,
      env: { PATH: process.env['PATH'], HOME: home.path, XDG_CONFIG_HOME: home.path, TZ: 'UTC', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  async function run(
    args: string[],
    { input = '', env }: { input?: string; env?: Record<string, string> } = {},
  ): Promise<Said> {
    const child = start(args, env);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
    child.stdin.end(input);
    await once(child, 'close');
    return { code: child.exitCode, out, err };
  }

  async function json<Value>(args: string[]): Promise<Value> {
    const said = await run([...args, '--json']);
    expect([said.code, said.err]).toEqual([0, '']);
    return JSON.parse(said.out) as Value;
  }

  /** A job that is run by hand only, from a file. */
  async function createJob(name: string, more: Record<string, unknown> = {}): Promise<string> {
    const file = join(home.path, `${name}.json`);
    const job = {
      name,
      type: 'http',
      scheduleType: 'recurring',
      cronExpression: '0 9 1 1 *',
      payload: { url: `${server.base}/health/live` },
      ...more,
    };
    await writeFile(file, JSON.stringify(job));
    return (await json<{ id: string }>(['jobs', 'create', '-f', file])).id;
  }

  const statusOf = async (id: string) => (await json<{ status: string }>(['jobs', 'get', id])).status;

  it('keeps the session to itself and says who is signed in', async () => {
    expect((await stat(join(home.path, 'chronos', 'credentials.json'))).mode & 0o777).toBe(0o600);
    expect((await run(['whoami'])).out).toContain(server.admin.email);
  });

  it('tells of a wrong password, of no session, and of what it does not understand by its exit code', async () => {
    const env = { XDG_CONFIG_HOME: join(home.path, 'elsewhere') };
    const login = ['login', '--server', server.base, '--email', server.admin.email, '--password-stdin'];
    expect((await run(login, { input: 'wrong', env })).code).toBe(3);
    expect((await run(['jobs', 'list', '--server', server.base], { env })).code).toBe(3);
    expect((await run(['jobs', 'juggle'])).code).toBe(2);
    expect((await run(['jobs', 'get', 'no such job'])).code).toBe(1);
  });

  it('creates a job from a file, finds it, runs it, and shows what it ran', async () => {
    const id = await createJob('ping');
    expect((await run(['jobs', 'list', '--search', 'ping'])).out).toContain(id);
    const execution = await json<{ id: string }>(['jobs', 'trigger', 'ping']);
    await waitFor(
      async () =>
        (await json<{ status: string }>(['executions', 'get', execution.id])).status === 'completed',
      { what: 'the execution to complete', timeoutMs: 30_000 },
    );
    expect((await run(['executions', 'list', 'ping'])).out).toContain(execution.id);
    const again = await json<{ id: string; retryOf: string }>(['executions', 'retry', execution.id]);
    expect(again.retryOf).toBe(execution.id);
  });

  it('runs a job for times that have passed, says how far it has come, and what it would do', async () => {
    const id = await createJob('nightly', { cronExpression: '0 3 * * *' });
    const january = ['jobs', 'backfill', 'nightly', '--from', '2026-01-01', '--to', '2026-01-31'];
    expect((await run([...january, '--dry-run'])).out).toContain(
      '31 to run, from 2026-01-01 03:00:00Z to 2026-01-31 03:00:00Z.',
    );
    const said = await run([...january, '--overlap', 'allow_all', '--watch']);
    expect([said.code, said.out]).toEqual([0, expect.stringMatching(/completed +31$/m)]);
    const [listed] = await json<{ id: string; status: string }[]>(['backfills', 'list', id]);
    expect(listed).toMatchObject({ status: 'completed', completed: 31, mode: 'missing' });
    const slow = await json<{ id: string }>([...january, '--mode', 'all', '--rate', '1']);
    const cancelled = await run(['backfills', 'cancel', slow.id, '--running']);
    expect([cancelled.code, cancelled.out]).toEqual([0, expect.stringMatching(/status +cancelled/)]);
    expect((await run(['backfills', 'watch', slow.id])).code).toBe(1);
    expect((await run([...january, '--rate', 'fast'])).code).toBe(2);
  });

  it('pauses, resumes, cancels and deletes', async () => {
    const id = await createJob('comes and goes');
    expect((await run(['jobs', 'pause', id, '--reason', 'moving house'])).code).toBe(0);
    expect((await run(['jobs', 'get', id])).out).toContain('paused (moving house)');
    expect((await run(['jobs', 'resume', id])).code).toBe(0);
    expect(await statusOf(id)).toBe('active');
    expect((await run(['jobs', 'cancel', id, '--yes'])).code).toBe(0);
    expect(await statusOf(id)).toBe('cancelled');
    expect((await run(['jobs', 'delete', id, '--yes'])).code).toBe(0);
    expect((await run(['jobs', 'get', id])).code).toBe(1);
  });

  it('pauses everything with a reason, tells of it, and lets it go on', async () => {
    const id = await createJob('held back');
    const paused = await run(['system', 'pause', '--reason', 'moving house']);
    expect([paused.code, paused.out]).toEqual([
      0,
      expect.stringMatching(/^state +paused\n.*reason +moving house$/ms),
    ]);
    const refused = await run(['jobs', 'trigger', id]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('moving house')]);
    expect((await run(['system', 'pause', '--reason', 'again'])).code).toBe(1);
    expect(await json(['system', 'status'])).toMatchObject({ state: 'paused', reason: 'moving house' });
    expect((await run(['system', 'resume', '--catch-up'])).code).toBe(0);
    await waitFor(async () => (await run(['system', 'status'])).out.startsWith('state       running'), {
      what: 'everything to go on',
    });
    expect((await run(['jobs', 'trigger', id])).code).toBe(0);
    expect((await run(['system', 'pause'])).code).toBe(2);
  });

  it('follows the log of a job', async () => {
    const id = await createJob('speaks', {
      type: 'script',
      payload: { command: 'sh', args: ['-c', 'echo first words'] },
    });
    const child = start(['jobs', 'logs', id, '--follow']);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    await run(['jobs', 'trigger', id]);
    await waitFor(() => out.includes('first words'), {
      what: 'the line',
      timeoutMs: 30_000,
      progress: () => out,
    });
    child.kill('SIGINT');
    await once(child, 'close');
    expect((await run(['jobs', 'logs', id])).out).toContain('first words');
  });

  it('says which field of a file the server refuses', async () => {
    const file = join(home.path, 'bad.yaml');
    await writeFile(
      file,
      'name: bad\ntype: http\nscheduleType: recurring\ncronExpression: "* * * *"\npayload: {}\n',
    );
    const said = await run(['jobs', 'create', '-f', file]);
    expect(said.code).toBe(1);
    expect(said.err).toContain('cronExpression');
    expect(said.err).toContain('payload.url');
  });

  it('imports a crontab of thirty lines: says first what it would do, does it, and does it once', async () => {
    const file = join(home.path, 'crontab');
    await writeFile(file, CRONTAB);
    const jobs = () =>
      json<{ name: string; cronExpression: string; timezone: string }[]>([
        'jobs',
        'list',
        '--tag',
        'crontab',
      ]);

    const dry = await run(['import', 'crontab', file]);
    expect(dry.code).toBe(1);
    expect(dry.out).toContain('@reboot names no time');
    expect(await jobs()).toEqual([]);

    const applied = await run(['import', 'crontab', file, '--apply']);
    expect(applied.code).toBe(1);
    const made = await jobs();
    const expected = [
      ['/opt/backup.sh --full', '0 2 * * *'],
      ['/opt/backup.sh --full #2', '0 2 * * *'],
      ['curl -fsS http://localhost/ping', '*/15 9-17 * * MON-FRI'],
      ['report --month', '0 0 1,15 jan-jun *'],
      ['/usr/bin/cleanup', '0 0 * * *'],
      ['sync', '0 * * * *'],
      ['echo done 100% of it', '30 4 * * 0'],
      ['mail -s "hello" ops', '5 4 * * *'],
      ['true', '0 12 * * 5'],
      ['false', '15 12 * * 5'],
      ['df -h', '0 0 * * 0'],
    ];
    const names = (list: unknown[][]) => list.map(([name]) => String(name)).toSorted();
    expect(names(made.map(({ name }) => [name]))).toEqual(names(expected));
    for (const { name, cronExpression, timezone } of made) {
      expect([name, cronExpression, timezone]).toEqual([
        ...(expected.find(([known]) => known === name) ?? []),
        'Europe/Paris',
      ]);
    }

    const again = await run(['import', 'crontab', file, '--apply']);
    expect(again.out).toContain('left alone');
    expect(await jobs()).toHaveLength(made.length);
  });

  it('imports an iCalendar file into a calendar, says what it did not take, and lists when it is closed', async () => {
    const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    const file = join(home.path, 'holidays.ics');
    const events = [
      ['UID:1', `DTSTART;VALUE=DATE:${inAWeek}`, 'SUMMARY:Company day'],
      ['UID:2', 'DTSTART:20300101T000000Z', 'SUMMARY:No length'],
    ].flatMap((lines) => ['BEGIN:VEVENT'].concat(lines, 'END:VEVENT'));
    const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...events, 'END:VCALENDAR'];
    await writeFile(file, lines.join('\r\n'));
    expect((await run(['calendars', 'create', 'Holidays', '--timezone', 'Europe/Berlin'])).code).toBe(0);
    const said = await run(['calendars', 'import', 'Holidays', file, '--source', 'hr']);
    expect([said.code, said.out]).toEqual([
      1,
      expect.stringContaining('1 of 2 events taken into "Holidays" from "hr"'),
    ]);
    expect(said.out).toMatch(/not taken\s+No length: has no length/);
    const [calendar] = await json<{ name: string; imports: object[]; closure: object }[]>([
      'calendars',
      'list',
    ]);
    expect(calendar).toMatchObject({
      name: 'Holidays',
      imports: [{ source: 'hr', events: 1 }],
      isClosed: false,
    });
    expect(calendar?.closure).toMatchObject({ from: expect.stringMatching(/T2[23]:00:00.000Z$/) as string });
    expect((await run(['calendars', 'import', 'Nothing', file])).code).toBe(1);
  });

  it('decides about what an outage left, by job and all at once', async () => {
    const due = Date.now() + 10_000;
    const once = {
      scheduleType: 'scheduled',
      scheduledAt: new Date(due).toISOString(),
      cronExpression: undefined,
    };
    const [one, other] = [await createJob('late one', once), await createJob('late other', once)];
    await server.end('SIGKILL');
    await waitFor(() => Date.now() > due + 2_000, { what: 'the outage to last', timeoutMs: 30_000 });
    server = await instance.start({ MISFIRE_THRESHOLD_MS: '1000', CATCHUP_REVIEW_AFTER_MS: '1000' });
    const list = async () => (await run(['catchup', 'list'])).out;
    await waitFor(async () => /late one$[^]*late other$|late other$[^]*late one$/m.test(await list()), {
      what: 'both to wait',
      progress: list,
      timeoutMs: 60_000,
    });
    expect((await run(['catchup', 'release'])).code).toBe(2);
    const released = await run(['catchup', 'release', 'late one', '--rate', '10']);
    expect([released.code, released.out]).toEqual([0, '1 of 1 job will run.\n']);
    expect(await json(['catchup', 'drop', '--all', '--reason', 'no longer of use', '--yes'])).toEqual({
      jobs: 1,
      executions: 1,
      paused: 0,
    });
    expect(await list()).toContain('Nothing waits.');
    await waitFor(async () => (await statusOf(one)) === 'completed', {
      what: 'it to run',
      timeoutMs: 60_000,
    });
    expect(await statusOf(other)).toBe('failed');
  });

  it('signs out', async () => {
    expect((await run(['logout'])).code).toBe(0);
    expect((await run(['whoami'])).code).toBe(3);
  });
});
