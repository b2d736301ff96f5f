import { chmod, mkdir, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  ApiClient,
  type HttpReceiver,
  type SmtpReceiver,
  startHttpReceiver,
  startSmtpReceiver,
  tempDir,
  waitFor,
} from '#testing';

/** What the stories are told to: a running Chronos, however it was started. */
export interface Target {
  /** Base addresses of its API processes: one or more. */
  apis: string[];
  admin: { email: string; password: string };
  outside: Outside;
}

/** The world around Chronos: an HTTP server and a mail server, and a folder with a program. */
export interface Outside {
  http: HttpReceiver;
  smtp: SmtpReceiver;
  folder: string;
  logs: string;
  /** Settings that let a Chronos meet it. */
  env: Record<string, string>;
  /** Answers the calls that are held back. */
  release(): void;
  close(): Promise<void>;
}

const PROGRAM = `console.log('processed 3 rows in ' + process.cwd());\n`;

/**
 * Paths of the HTTP server: `/flaky/*` answers 503 to the first two calls of each execution, `/broken/*` 400 always,
 * `/hold/*` is never answered, `/hold-once/*` at once from the second call of an execution on, the first call by `release`; everything else 200.
 */
export async function startOutside(): Promise<Outside> {
  const calls = new Map<string, number>();
  const held: ServerResponse[] = [];
  const [http, smtp, dir] = await Promise.all([
    startHttpReceiver(({ path, headers }, response) => {
      const key = String(headers['idempotency-key']);
      const call = (calls.get(key) ?? 0) + 1;
      calls.set(key, call);
      if (path.startsWith('/hold/')) return;
      if (path.startsWith('/hold-once/') && call === 1) return void held.push(response);
      if (path.startsWith('/flaky/') && call < 3) response.statusCode = 503;
      if (path.startsWith('/broken/')) response.statusCode = 400;
      response.setHeader('content-type', 'application/json').end('{"ok":true}');
    }),
    startSmtpReceiver(),
    tempDir('outside'),
  ]);
  const [folder, logs] = [join(dir.path, 'app'), join(dir.path, 'logs')];
  await mkdir(join(folder, 'scripts'), { recursive: true });
  await writeFile(join(folder, 'scripts', 'process-data.js'), PROGRAM);
  // Scripts run as another user where the worker is root.
  await chmod(dir.path, 0o755);
  return {
    http,
    smtp,
    folder,
    logs,
    env: {
      OUTBOUND_ALLOWED_CIDRS: '127.0.0.0/8',
      SCRIPT_ROOT: folder,
      LOG_DIR: logs,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(smtp.port),
      SMTP_FROM: 'chronos@example.com',
      MIN_SCHEDULE_INTERVAL_SECONDS: '1',
      RATE_LIMIT_PER_MINUTE: '5000',
      AUTH_RATE_LIMIT_PER_MINUTE: String(AUTH_LIMIT),
      LEASE_MS: '2000',
      RECONCILE_INTERVAL_MS: '500',
    },
    release: () => {
      for (const response of held.splice(0)) response.end('released');
    },
    close: async () => {
      await Promise.all([http.close(), smtp.close()]);
      await dir.remove();
    },
  };
}

/** More than the stories need, few enough to be reached in a second. */
export const AUTH_LIMIT = 150;

export interface Execution {
  id: string;
  status: string;
  attempt: number;
  workerId: string | null;
  scheduledFor: string;
  trigger: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts on what it got, whatever its shape
  result: any;
  error: { code: string; message: string; retryable: boolean } | null;
}

/** Creates a job, asserting that it was taken; answers its id. */
export async function createJob(client: ApiClient, body: object): Promise<string> {
  const answer = await client.post('/jobs', body);
  if (answer.status !== 201) throw new Error(`No job: ${JSON.stringify(answer.body)}`);
  return answer.body.data.id as string;
}

const OVER = new Set(['completed', 'failed', 'cancelled', 'timed_out', 'skipped', 'missed']);

/** Waits until the job's execution is over. */
export function executionsOf(client: ApiClient, jobId: string): Promise<Execution[]> {
  let seen: Execution[] = [];
  return waitFor(
    async () => {
      seen = (
        (await client.get(`/jobs/${jobId}/executions?limit=100`)).body.data as Execution[]
      ).toReversed();
      const over = seen.filter(({ status }) => OVER.has(status));
      return over.length > 0 && over;
    },
    { what: `an execution of ${jobId} to end`, timeoutMs: 30_000, intervalMs: 100, progress: () => seen },
  );
}

/** Waits until the job's execution is in this state; answers its id. */
export function untilStatus(client: ApiClient, jobId: string, status: string): Promise<string> {
  return waitFor(
    async () => {
      const { body } = await client.get(`/jobs/${jobId}/executions`);
      return (body.data as Execution[]).find((one) => one.status === status)?.id;
    },
    { what: `an execution of ${jobId} to be ${status}`, intervalMs: 50, timeoutMs: 30_000 },
  );
}
