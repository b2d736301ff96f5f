import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '#contracts';
import { startTcpProxy, type TcpProxy } from '#testing';
import { API_PREFIX } from '../../create-app.js';
import { createJob, laterJob, storeExecution, storeNotification } from '../../testing/job-fixtures.js';
import { type DocumentedOperation, OpenApiContract } from '../../testing/openapi-contract.js';
import {
  createTestApi,
  requester,
  startApi,
  type TestAccount,
  type TestAnswer,
  type TestApi,
  TEST_PASSWORD,
} from '../../testing/test-api.js';

type Request = ReturnType<typeof requester>;
type Provoke = (operation: DocumentedOperation) => Promise<TestAnswer>;

const NOBODYS_ID = '01900000-0000-7000-8000-000000000001';
const DAILY = { scheduleType: 'recurring', scheduledAt: undefined, cronExpression: '@daily' };
const JANUARY = { from: '2026-01-01T00:00:00Z', to: '2026-01-31T00:00:00Z', mode: 'missing' };
const SCRIPT = { type: 'script', payload: { command: 'true' } };
/** Asks nothing of the database. */
const WITHOUT_DATABASE = 'GET /auth/options';
/** `SELECT 1` cannot go wrong in a way that is not an outage. */
const NEVER_INTERNAL = ['GET /monitoring/health', WITHOUT_DATABASE];

describe('each documented error', () => {
  let api: TestApi;
  let admin: TestAccount;
  let user: TestAccount;
  let key: string;
  let contract: OpenApiContract;
  let proxy: TcpProxy;
  const others: NestFastifyApplication[] = [];
  const provoked = new Set<ErrorCode>();

  beforeAll(async () => {
    api = await createTestApi();
    [admin, user] = await Promise.all([api.createAccount('admin'), api.createAccount()]);
    const made = await api.request('POST /auth/api-keys', { token: user.accessToken, body: { name: 'key' } });
    key = made.body.data.key as string;
    contract = new OpenApiContract(
      (await api.app.inject({ url: '/api/docs-json' })).json(),
      `/${API_PREFIX}`,
    );
    const { hostname, port } = new URL(api.databaseUrl);
    proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  });

  afterAll(async () => {
    await Promise.all(others.map((app) => app.close()));
    await proxy.close();
    await api.close();
  });

  const another = async (
    overrides: Parameters<typeof startApi>[1],
    url = api.databaseUrl,
  ): Promise<Request> => {
    const app = await startApi(url, overrides);
    others.push(app);
    return requester(app);
  };
  const send = (
    { line, examples, isSecured }: DocumentedOperation,
    {
      request = api.request,
      token,
      body,
      ids = NOBODYS_ID,
    }: { request?: Request; token?: string; body?: unknown; ids?: string } = {},
  ) =>
    request(line.replaceAll(/\{\w+\}/g, ids), {
      ...(isSecured && { token: token ?? admin.accessToken }),
      body: body === undefined ? examples[0] : body,
    });
  const asAdmin = (line: string, body?: unknown, headers?: Record<string, string>) =>
    api.request(line, { token: admin.accessToken, body, headers });
  const job = async (more?: Record<string, unknown>, token = admin.accessToken) =>
    (await createJob(api, token, laterJob(more))).id;
  const asUser = (line: string, body?: unknown) => api.request(line, { token: user.accessToken, body });
  const calendar = async (more: Record<string, unknown> = {}): Promise<string> => {
    const { body } = await asAdmin('POST /calendars', { name: crypto.randomUUID(), ...more });
    return `/calendars/${body.data.id}`;
  };
  const cancelled = async () => {
    const id = await job();
    await asAdmin(`POST /jobs/${id}/cancel`);
    return id;
  };
  const running = async () => {
    const id = await job();
    return { id, execution: await storeExecution(api.dataSource, id, { status: 'running' }) };
  };
  const times = async (count: number, ask: () => Promise<TestAnswer>) => {
    for (let index = 1; index < count; index += 1) await ask();
    return ask();
  };
  const withKeyTwice = async (line: string, first: unknown, second: unknown) => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    await asAdmin(line, first, headers);
    return asAdmin(line, second, headers);
  };

  /** What any operation can be made to answer. */
  const ANYWHERE: Partial<Record<ErrorCode, Provoke>> = {
    UNAUTHENTICATED: (operation) => send(operation, { token: 'nobody' }),
    MALFORMED_JSON: (operation) => send(operation, { body: '{"name": ' }),
    PAYLOAD_TOO_LARGE: (operation) => send(operation, { body: { name: 'x'.repeat(300_000) } }),
    UNSUPPORTED_MEDIA_TYPE: ({ line, isSecured }) =>
      api.request(line.replaceAll(/\{\w+\}/g, NOBODYS_ID), {
        ...(isSecured && { token: admin.accessToken }),
        body: 'name=x',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    VALIDATION_FAILED: (operation) =>
      operation.hasBody
        ? send(operation, { body: { noSuchField: 1 } })
        : operation.line.includes('{')
          ? send(operation, { ids: '!' })
          : asAdmin(`${operation.line}?page=0&days=0&noSuchField=1`),
    NOT_FOUND: (operation) => send(operation),
    // An API key may not do what is for sessions only, and its owner is no admin.
    FORBIDDEN: (operation) => send(operation, { token: key }),
  };

  /** What only the operation itself can: its state, its rules. */
  const HERE: Record<string, () => Promise<TestAnswer>> = {
    'POST /auth/register EMAIL_TAKEN': () =>
      api.request('POST /auth/register', { body: { email: user.email, password: TEST_PASSWORD, name: 'X' } }),
    'POST /auth/register REGISTRATION_CLOSED': async () =>
      (await another({ auth: { allowRegistration: false } }))('POST /auth/register', {
        body: { email: 'closed@example.com', password: TEST_PASSWORD, name: 'X' },
      }),
    'POST /auth/login INVALID_CREDENTIALS': () =>
      api.request('POST /auth/login', { body: { email: user.email, password: 'Wrong12345' } }),
    'POST /auth/login ACCOUNT_DISABLED': async () => {
      const { id, email } = await api.createAccount();
      await asAdmin(`PATCH /users/${id}`, { active: false });
      return api.request('POST /auth/login', { body: { email, password: TEST_PASSWORD } });
    },
    'POST /auth/login ACCOUNT_LOCKED': async () => {
      const { email } = await api.createAccount();
      return times(6, () => api.request('POST /auth/login', { body: { email, password: 'Wrong12345' } }));
    },
    'POST /auth/refresh INVALID_REFRESH_TOKEN': () =>
      api.request('POST /auth/refresh', { body: { refreshToken: 'none' } }),
    'POST /auth/change-password ACCOUNT_LOCKED': async () => {
      const { accessToken: token } = await api.createAccount();
      const body = { currentPassword: 'Wrong12345', newPassword: 'AnotherPass456' };
      return times(6, () => api.request('POST /auth/change-password', { token, body }));
    },
    'POST /auth/change-password INVALID_STATE': async () => {
      const { accessToken: token } = await api.createAccount();
      const change = (newPassword: string) =>
        api.request('POST /auth/change-password', {
          token,
          body: { currentPassword: TEST_PASSWORD, newPassword },
        });
      const answers = await Promise.all(['FirstPass456', 'SecondPass456'].map(change));
      return answers.find(({ status }) => status === 409) ?? (answers[0] as TestAnswer);
    },
    'POST /auth/api-keys INVALID_STATE': async () => {
      const { accessToken: token } = await api.createAccount();
      return times(51, () => api.request('POST /auth/api-keys', { token, body: { name: 'one more' } }));
    },
    'POST /secrets SECRET_EXISTS': () =>
      times(2, () => asAdmin('POST /secrets', { name: 'TWICE', value: 'hunter2' })),
    'POST /secrets INVALID_STATE': async () => {
      const { accessToken: token } = await api.createAccount();
      let count = 0;
      return times(201, () =>
        api.request('POST /secrets', { token, body: { name: `S${(count += 1)}`, value: 'hunter2' } }),
      );
    },
    'DELETE /secrets/{name} VALIDATION_FAILED': () => asAdmin('DELETE /secrets/ANY?force=perhaps'),
    'DELETE /secrets/{name} SECRET_IN_USE': async () => {
      await asAdmin('POST /secrets', { name: 'USED', value: 'hunter2' });
      await job({ payload: { handler: 'noop', data: '{{ secrets.USED }}' } });
      return asAdmin('DELETE /secrets/USED');
    },
    'POST /calendars FORBIDDEN': () =>
      api.request('POST /calendars', { token: user.accessToken, body: { name: 'Mine', shared: true } }),
    'POST /calendars CALENDAR_EXISTS': () => times(2, () => asAdmin('POST /calendars', { name: 'Twice' })),
    'POST /calendars INVALID_STATE': async () => {
      const { accessToken: token } = await api.createAccount();
      let count = 0;
      return times(201, () => api.request('POST /calendars', { token, body: { name: `C${(count += 1)}` } }));
    },
    'POST /calendars IDEMPOTENCY_KEY_REUSED': () =>
      withKeyTwice('POST /calendars', { name: 'One' }, { name: 'Other' }),
    'PATCH /calendars/{id} FORBIDDEN': async () =>
      asUser(`PATCH ${await calendar({ shared: true })}`, { name: 'Ours' }),
    'PATCH /calendars/{id} VERSION_CONFLICT': async () =>
      asAdmin(`PATCH ${await calendar()}`, { name: 'New' }, { 'if-match': '"99"' }),
    'PATCH /calendars/{id} CALENDAR_EXISTS': async () => {
      const path = await calendar({ name: 'Taken' });
      await calendar({ name: 'Free' });
      return asAdmin(`PATCH ${path}`, { name: 'Free' });
    },
    'PATCH /calendars/{id} CALENDAR_IN_USE': async () => {
      const path = await calendar({ shared: true });
      await job({ calendars: [path.split('/')[2]] }, user.accessToken);
      return asAdmin(`PATCH ${path}`, { shared: false });
    },
    'DELETE /calendars/{id} FORBIDDEN': async () => asUser(`DELETE ${await calendar({ shared: true })}`),
    'DELETE /calendars/{id} VERSION_CONFLICT': async () =>
      asAdmin(`DELETE ${await calendar()}`, undefined, { 'if-match': '"99"' }),
    'DELETE /calendars/{id} CALENDAR_IN_USE': async () => {
      const path = await calendar();
      await job({ calendars: [path.split('/')[2]] });
      return asAdmin(`DELETE ${path}`);
    },
    'POST /calendars/{id}/import FORBIDDEN': async () =>
      asUser(`POST ${await calendar({ shared: true })}/import`, { ics: 'x' }),
    'POST /calendars/{id}/import VERSION_CONFLICT': async () =>
      asAdmin(`POST ${await calendar()}/import`, { ics: 'x' }, { 'if-match': '"99"' }),
    'DELETE /calendars/{id}/import FORBIDDEN': async () =>
      asUser(`DELETE ${await calendar({ shared: true })}/import`),
    'DELETE /calendars/{id}/import VERSION_CONFLICT': async () =>
      asAdmin(`DELETE ${await calendar()}/import`, undefined, { 'if-match': '"99"' }),
    'PATCH /users/{id} INVALID_STATE': () => asAdmin(`PATCH /users/${admin.id}`, { active: false }),
    'POST /jobs FORBIDDEN': () =>
      api.request('POST /jobs', { token: user.accessToken, body: laterJob(SCRIPT) }),
    'POST /jobs IDEMPOTENCY_KEY_REUSED': () =>
      withKeyTwice('POST /jobs', laterJob(), laterJob({ name: 'B' })),
    ...both('FORBIDDEN', async (method) =>
      api.request(`${method} /jobs/${await job(SCRIPT).then(giveToUser)}`, {
        token: user.accessToken,
        body: SCRIPT,
      }),
    ),
    ...both('INVALID_STATE', async (method) =>
      asAdmin(`${method} /jobs/${await cancelled()}`, { name: 'New' }),
    ),
    ...both('VERSION_CONFLICT', async (method) =>
      asAdmin(`${method} /jobs/${await job()}`, { name: 'New' }, { 'if-match': '"99"' }),
    ),
    'DELETE /jobs/{id} JOB_IN_USE': async () => {
      const id = await job();
      await job({ scheduleType: 'chained', scheduledAt: undefined, after: [{ jobId: id }] });
      return asAdmin(`DELETE /jobs/${id}`);
    },
    'POST /jobs/{id}/pause INVALID_STATE': async () => asAdmin(`POST /jobs/${await cancelled()}/pause`, {}),
    'POST /jobs/{id}/resume INVALID_STATE': async () => asAdmin(`POST /jobs/${await job()}/resume`, {}),
    'POST /jobs/{id}/cancel INVALID_STATE': async () => asAdmin(`POST /jobs/${await cancelled()}/cancel`),
    'POST /jobs/{id}/reschedule INVALID_STATE': async () =>
      asAdmin(`POST /jobs/${await cancelled()}/reschedule`, { scheduledAt: '2041-01-01T00:00:00Z' }),
    'POST /jobs/{id}/reschedule FORBIDDEN': async () =>
      api.request(`POST /jobs/${await job(SCRIPT).then(giveToUser)}/reschedule`, {
        token: user.accessToken,
        body: { scheduledAt: '2041-01-01T00:00:00Z' },
      }),
    'POST /jobs/{id}/clone FORBIDDEN': async () =>
      api.request(`POST /jobs/${await job(SCRIPT).then(giveToUser)}/clone`, {
        token: user.accessToken,
        body: {},
      }),
    'POST /jobs/{id}/trigger FORBIDDEN': async () =>
      api.request(`POST /jobs/${await job(SCRIPT).then(giveToUser)}/trigger`, {
        token: user.accessToken,
        body: { payload: SCRIPT.payload },
      }),
    'POST /jobs/{id}/trigger INVALID_STATE': async () =>
      asAdmin(`POST /jobs/${await cancelled()}/trigger`, {}),
    'POST /jobs/{id}/trigger ALREADY_RUNNING': async () =>
      asAdmin(`POST /jobs/${(await running()).id}/trigger`, {}),
    'POST /jobs/{id}/trigger IDEMPOTENCY_KEY_REUSED': async () =>
      withKeyTwice(`POST /jobs/${await job()}/trigger`, {}, { overlapPolicy: 'allow_all' }),
    'POST /jobs/{id}/backfill INVALID_STATE': async () =>
      asAdmin(`POST /jobs/${await cancelled()}/backfill`, JANUARY),
    'POST /jobs/{id}/backfill IDEMPOTENCY_KEY_REUSED': async () =>
      withKeyTwice(`POST /jobs/${await job(DAILY)}/backfill`, JANUARY, { ...JANUARY, mode: 'all' }),
    'POST /backfills/{id}/cancel INVALID_STATE': async () => {
      const { body } = await asAdmin(`POST /jobs/${await job(DAILY)}/backfill`, JANUARY);
      return times(2, () => asAdmin(`POST /backfills/${body.data.id}/cancel`));
    },
    'POST /schedules/preview NOT_FOUND': () => asAdmin('POST /schedules/preview', { jobId: NOBODYS_ID }),
    'POST /schedules/simulate NOT_FOUND': () => asAdmin('POST /schedules/simulate', { jobId: NOBODYS_ID }),
    'POST /catchup/{jobId}/release INVALID_STATE': async () =>
      asAdmin(`POST /catchup/${await job(DAILY)}/release`, {}),
    'POST /catchup/{jobId}/drop INVALID_STATE': async () =>
      asAdmin(`POST /catchup/${await job(DAILY)}/drop`, {}),
    'POST /executions/{id}/cancel INVALID_STATE': async () =>
      asAdmin(`POST /executions/${await storeExecution(api.dataSource, await job())}/cancel`),
    'POST /executions/{id}/retry INVALID_STATE': async () =>
      asAdmin(`POST /executions/${(await running()).execution}/retry`),
    'POST /executions/{id}/retry ALREADY_RUNNING': async () => {
      const { id } = await running();
      const over = await storeExecution(api.dataSource, id, { scheduledFor: '2029-01-01T00:00:00.000Z' });
      return asAdmin(`POST /executions/${over}/retry`);
    },
    'POST /jobs/{id}/trigger SYSTEM_PAUSED': async () => {
      const id = await job();
      return whilePaused(() => asAdmin(`POST /jobs/${id}/trigger`));
    },
    'POST /executions/{id}/retry SYSTEM_PAUSED': async () => {
      const over = await storeExecution(api.dataSource, await job());
      return whilePaused(() => asAdmin(`POST /executions/${over}/retry`));
    },
    'POST /jobs/{id}/notifications/test INVALID_STATE': async () =>
      asAdmin(`POST /jobs/${(await createJob(api, admin.accessToken)).id}/notifications/test`),
    'POST /notifications/{id}/resend INVALID_STATE': async () => {
      const { id } = await createJob(api, admin.accessToken);
      const sent = await storeNotification(api.dataSource, id, { status: 'sent' });
      return asAdmin(`POST /notifications/${sent}/resend`);
    },
    'POST /system/pause INVALID_STATE': () =>
      whilePaused(() => asAdmin('POST /system/pause', { reason: 'once more' })),
    'POST /system/resume INVALID_STATE': () => asAdmin('POST /system/resume'),
  };

  async function whilePaused(ask: () => Promise<TestAnswer>): Promise<TestAnswer> {
    await asAdmin('POST /system/pause', { reason: 'to be told so' });
    const answer = await ask();
    await asAdmin('POST /system/resume');
    return answer;
  }

  /** A script job of somebody who may not have one: an admin made it, or was one. */
  async function giveToUser(id: string): Promise<string> {
    await api.dataSource.query('UPDATE jobs SET owner_id = $2 WHERE id = $1', [id, user.id]);
    return id;
  }

  it('of the input, of rights and of state is answered as documented', { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    for (const operation of contract.operations) {
      for (const { status, code } of operation.errors) {
        if (['RATE_LIMITED', 'DEPENDENCY_DOWN', 'INTERNAL'].includes(code)) continue;
        const name = `${operation.line} ${code}`;
        const answer = await (HERE[name] ?? ANYWHERE[code])?.call(undefined, operation);
        if (answer) wrong.push(...judge(operation, code, status, answer));
        else wrong.push(`${name}: nothing here provokes it`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('names no operation that is gone', () => {
    const documented = contract.operations.flatMap(({ line, errors }) =>
      errors.map(({ code }) => `${line} ${code}`),
    );
    expect(documented).toEqual(expect.arrayContaining(Object.keys(HERE)));
  });

  it('RATE_LIMITED: every operation counts', async () => {
    const request = await another({ auth: { rateLimitPerMinute: 1, authRateLimitPerMinute: 1 } });
    await request('GET /auth/me', { token: admin.accessToken });
    await request('GET /auth/me');
    expect(await everywhere('RATE_LIMITED', (operation) => send(operation, { request }))).toEqual([]);
  });

  it('DEPENDENCY_DOWN: every operation says so while PostgreSQL is away', async () => {
    const url = new URL(api.databaseUrl);
    url.port = String(proxy.port);
    const generous = { rateLimitPerMinute: 100_000, authRateLimitPerMinute: 100_000 };
    const request = await another({ auth: generous, queue: { backend: 'postgres' } }, url.href);
    await proxy.cut();
    // Its answer has `data` beside the error, and is held against the document by database-outage.int-spec.ts.
    const wrong = await everywhere('DEPENDENCY_DOWN', (operation) => send(operation, { request }));
    await proxy.restore();
    expect(
      wrong.filter(
        (line) => !line.startsWith('GET /monitoring/health') && !line.startsWith(WITHOUT_DATABASE),
      ),
    ).toEqual([]);
  });

  it('INTERNAL: every operation keeps to itself what went wrong', async () => {
    await api.dataSource.query('ALTER TABLE sessions RENAME TO gone; ALTER TABLE users RENAME TO away');
    const wrong = await everywhere('INTERNAL', (operation) => send(operation));
    await api.dataSource.query('ALTER TABLE gone RENAME TO sessions; ALTER TABLE away RENAME TO users');
    expect(wrong.filter((line) => !NEVER_INTERNAL.some((never) => line.startsWith(never)))).toEqual([]);
  });

  it('METHOD_NOT_ALLOWED: a route asked in the wrong way', async () => {
    const { fault } = await asAdmin('DELETE /jobs');
    expect(fault).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    provoked.add('METHOD_NOT_ALLOWED');
  });

  it('is every error there is', () => {
    expect([...provoked].toSorted()).toEqual(ERROR_CODES.toSorted());
  });

  async function everywhere(code: ErrorCode, provoke: Provoke): Promise<string[]> {
    const wrong: string[] = [];
    for (const operation of contract.operations) {
      const status = operation.errors.find((error) => error.code === code)?.status;
      if (status === undefined) wrong.push(`${operation.line}: ${code} is not documented`);
      else wrong.push(...judge(operation, code, status, await provoke(operation)));
    }
    return wrong;
  }

  function judge(
    { line }: DocumentedOperation,
    code: ErrorCode,
    status: number,
    answer: TestAnswer,
  ): string[] {
    provoked.add(code);
    const got = `${answer.status} ${answer.fault?.code}`;
    if (got !== `${status} ${code}`) return [`${line}: ${got} instead of ${status} ${code}`];
    return contract.faultsOf(line, answer.status, answer.body).map((fault) => `${line} ${code}: ${fault}`);
  }
});

/** The same for PUT and PATCH of a job, which are one. */
function both(code: ErrorCode, provoke: (method: string) => Promise<TestAnswer>) {
  return Object.fromEntries(
    ['PUT', 'PATCH'].map((method) => [`${method} /jobs/{id} ${code}`, () => provoke(method)]),
  );
}
