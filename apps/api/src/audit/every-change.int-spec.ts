import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditAction } from '#audit';
import { API_PREFIX } from '../create-app.js';
import {
  createJob,
  holdMisfire,
  laterJob,
  storeExecution,
  storeNotification,
  WEEKLY_REPORT,
} from '../testing/job-fixtures.js';
import { routesOf } from '../testing/routes.js';
import { createTestApi, TEST_PASSWORD, type TestAccount, type TestApi } from '../testing/test-api.js';

/** Routes that change nothing anybody would ask about, each with the reason. */
const EXEMPT: Record<string, string> = {
  'POST /auth/refresh': 'goes on with a sign-in that is on record; only the reuse of an old token is told',
  'POST /schedules/preview': 'computes, and stores nothing',
  'POST /schedules/simulate': 'computes, and stores nothing',
};

const ICS = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nEND:VCALENDAR\r\n';

interface Stage {
  api: TestApi;
  user: TestAccount;
  admin: TestAccount;
}

interface Scenario {
  /** Makes what the request needs, and answers its path and body. Defaults to the user's token. */
  prepare(stage: Stage): Promise<{ path?: string; body?: unknown; token?: string }>;
  leaves: AuditAction[];
}

const jobOf = async ({ api, user }: Stage) => (await createJob(api, user.accessToken)).id;
const LAST_JANUARY = { from: '2026-01-01T00:00:00Z', to: '2026-01-31T23:59:59Z', mode: 'missing' };
const dailyJobOf = async ({ api, user }: Stage) =>
  (await createJob(api, user.accessToken, { ...WEEKLY_REPORT, cronExpression: '@daily' })).id;
const executionOf = async (stage: Stage, status: 'completed' | 'queued') =>
  storeExecution(stage.api.dataSource, await jobOf(stage), { status });
const onJob = (leaves: AuditAction, verb: string, body?: unknown): Scenario => ({
  prepare: async (stage) => ({ path: `/jobs/${await jobOf(stage)}${verb}`, body }),
  leaves: [leaves],
});

const onSecret = (leaves: AuditAction, name: string, body?: unknown): Scenario => ({
  prepare: async ({ api, user }) => {
    await api.request('POST /secrets', { token: user.accessToken, body: { name, value: 'aaaa' } });
    return { path: `/secrets/${name}`, body };
  },
  leaves: [leaves],
});

const onCalendar = (leaves: AuditAction, verb: string, body?: unknown): Scenario => ({
  prepare: async ({ api, user }) => {
    const made = await api.request('POST /calendars', {
      token: user.accessToken,
      body: { name: crypto.randomUUID(), dates: ['2030-12-24'] },
    });
    return { path: `/calendars/${made.body.data.id}${verb}`, body };
  },
  leaves: [leaves],
});

const onHeld = (leaves: AuditAction, path: (jobId: string) => string): Scenario => ({
  prepare: async (stage) => {
    const id = await dailyJobOf(stage);
    await holdMisfire(stage.api.dataSource, id);
    return { path: path(id), token: stage.admin.accessToken };
  },
  leaves: [leaves],
});

/** One request that succeeds for each route that changes something, and what it must leave on the trail. */
const SCENARIOS: Record<string, Scenario> = {
  'POST /auth/register': {
    prepare: async () => ({ body: { email: 'new@example.com', password: TEST_PASSWORD, name: 'New' } }),
    leaves: ['user.register', 'user.login'],
  },
  'POST /auth/login': {
    prepare: async ({ user }) => ({ body: { email: user.email, password: TEST_PASSWORD } }),
    leaves: ['user.login'],
  },
  'POST /auth/logout': {
    prepare: async ({ api }) => ({ token: (await api.createAccount()).accessToken }),
    leaves: ['session.revoke'],
  },
  'POST /auth/logout-everywhere': {
    prepare: async ({ api }) => ({ token: (await api.createAccount()).accessToken }),
    leaves: ['session.revoke'],
  },
  'PATCH /auth/me': { prepare: async () => ({ body: { name: 'Renamed' } }), leaves: ['user.update'] },
  'POST /auth/change-password': {
    prepare: async ({ api }) => ({
      token: (await api.createAccount()).accessToken,
      body: { currentPassword: TEST_PASSWORD, newPassword: 'AnotherPass456' },
    }),
    leaves: ['user.password_change'],
  },
  'POST /auth/api-keys': {
    prepare: async () => ({ body: { name: 'ci' } }),
    leaves: ['api_key.create'],
  },
  'DELETE /auth/api-keys/:id': {
    prepare: async ({ api, user }) => {
      const made = await api.request('POST /auth/api-keys', {
        token: user.accessToken,
        body: { name: 'ci' },
      });
      return { path: `/auth/api-keys/${made.body.data.id}` };
    },
    leaves: ['api_key.delete'],
  },
  'PATCH /users/:id': {
    prepare: async ({ api, admin }) => ({
      path: `/users/${(await api.createAccount()).id}`,
      token: admin.accessToken,
      body: { role: 'admin', active: false },
    }),
    leaves: ['user.role', 'user.suspend'],
  },
  'POST /secrets': {
    prepare: async () => ({ body: { name: 'A', value: 'aaaa' } }),
    leaves: ['secret.create'],
  },
  'PATCH /secrets/:name': onSecret('secret.update', 'B', { value: 'bbbb' }),
  'DELETE /secrets/:name': onSecret('secret.delete', 'C'),
  'POST /calendars': {
    prepare: async () => ({ body: { name: 'Holidays', dates: ['2030-12-24'] } }),
    leaves: ['calendar.create'],
  },
  'PATCH /calendars/:id': onCalendar('calendar.update', '', { dates: ['2030-12-25'] }),
  'DELETE /calendars/:id': onCalendar('calendar.delete', ''),
  'POST /calendars/:id/import': onCalendar('calendar.import', '/import', { ics: ICS }),
  'DELETE /calendars/:id/import': {
    prepare: async (stage) => {
      const given = await onCalendar('calendar.import', '/import').prepare(stage);
      await stage.api.request(`POST ${given.path}`, { token: stage.user.accessToken, body: { ics: ICS } });
      return given;
    },
    leaves: ['calendar.import'],
  },
  'POST /jobs': { prepare: async () => ({ body: laterJob() }), leaves: ['job.create'] },
  'PUT /jobs/:id': onJob('job.update', '', { name: 'B' }),
  'PATCH /jobs/:id': onJob('job.update', '', { name: 'B' }),
  'DELETE /jobs/:id': onJob('job.delete', ''),
  'POST /jobs/:id/pause': onJob('job.pause', '/pause', { reason: 'moving house' }),
  'POST /jobs/:id/resume': {
    prepare: async (stage) => {
      const path = `/jobs/${await jobOf(stage)}`;
      await stage.api.request(`POST ${path}/pause`, { token: stage.user.accessToken });
      return { path: `${path}/resume` };
    },
    leaves: ['job.resume'],
  },
  'POST /jobs/:id/cancel': onJob('job.cancel', '/cancel'),
  'POST /jobs/:id/reschedule': onJob('job.reschedule', '/reschedule', {
    scheduledAt: '2041-01-01T00:00:00Z',
  }),
  'POST /jobs/:id/trigger': onJob('job.trigger', '/trigger'),
  'POST /jobs/:id/clone': onJob('job.create', '/clone', { name: 'A copy' }),
  'POST /jobs/bulk': {
    prepare: async (stage) => ({ body: { action: 'cancel', ids: [await jobOf(stage)] } }),
    leaves: ['job.cancel'],
  },
  'POST /jobs/:id/backfill': {
    prepare: async (stage) => ({ path: `/jobs/${await dailyJobOf(stage)}/backfill`, body: LAST_JANUARY }),
    leaves: ['job.backfill'],
  },
  'POST /backfills/:id/cancel': {
    prepare: async (stage) => {
      const path = `/jobs/${await dailyJobOf(stage)}/backfill`;
      const { body } = await stage.api.request(`POST ${path}`, {
        token: stage.user.accessToken,
        body: LAST_JANUARY,
      });
      return { path: `/backfills/${body.data.id}/cancel` };
    },
    leaves: ['backfill.cancel'],
  },
  'POST /jobs/:id/notifications/test': {
    prepare: async ({ api, user }) => {
      const job = await createJob(
        api,
        user.accessToken,
        laterJob({ notifications: { email: 'ops@example.com' } }),
      );
      return { path: `/jobs/${job.id}/notifications/test` };
    },
    leaves: ['job.test_notifications'],
  },
  'POST /notifications/:id/resend': {
    prepare: async (stage) => ({
      path: `/notifications/${await storeNotification(stage.api.dataSource, await jobOf(stage))}/resend`,
    }),
    leaves: ['job.resend_notification'],
  },
  'POST /catchup/:jobId/release': onHeld('catchup.release', (id) => `/catchup/${id}/release`),
  'POST /catchup/:jobId/drop': onHeld('catchup.drop', (id) => `/catchup/${id}/drop`),
  'POST /catchup/release': onHeld('catchup.release', () => '/catchup/release'),
  'POST /catchup/drop': onHeld('catchup.drop', () => '/catchup/drop'),
  'POST /executions/:id/cancel': {
    prepare: async (stage) => ({ path: `/executions/${await executionOf(stage, 'queued')}/cancel` }),
    leaves: ['execution.cancel'],
  },
  'POST /executions/:id/retry': {
    prepare: async (stage) => ({ path: `/executions/${await executionOf(stage, 'completed')}/retry` }),
    leaves: ['execution.retry'],
  },
  // The last ones: nobody may ask for a run between them.
  'POST /system/pause': {
    prepare: async ({ admin }) => ({ token: admin.accessToken, body: { reason: 'moving house' } }),
    leaves: ['system.pause'],
  },
  'POST /system/resume': {
    prepare: async ({ api, admin }) => {
      await api.request('POST /system/pause', { token: admin.accessToken, body: { reason: 'once more' } });
      return { token: admin.accessToken };
    },
    leaves: ['system.resume'],
  },
};

describe('the audit trail', () => {
  let stage: Stage;

  beforeAll(async () => {
    const api = await createTestApi();
    stage = { api, user: await api.createAccount(), admin: await api.createAccount('admin') };
  });

  afterAll(() => stage.api.close());

  it('has a scenario for every route that is not a GET, or a reason for none', () => {
    const changing = routesOf(stage.api.app)
      .filter((route) => !/^(?:GET|OPTIONS) /.test(route) && route.includes(`/${API_PREFIX}`))
      .map((route) => route.replace(`/${API_PREFIX}`, ''));
    expect(changing.length).toBeGreaterThan(15);
    expect([...Object.keys(SCENARIOS), ...Object.keys(EXEMPT)].toSorted()).toEqual(changing.toSorted());
  });

  it.each(Object.entries(SCENARIOS))('tells of %s', async (route, { prepare, leaves }) => {
    const { api, user } = stage;
    const [method, routePath] = route.split(' ');
    const { path = routePath, body, token = user.accessToken } = await prepare(stage);
    const requestId = `test-${route.replaceAll(/\W+/g, '-')}`;
    const answer = await api.request(`${method} ${path}`, {
      body,
      token: route.startsWith('POST /auth/login') || route.endsWith('register') ? undefined : token,
      headers: { 'x-request-id': requestId },
    });
    expect([answer.status, answer.fault]).toEqual([expect.toSatisfy((status) => status < 300), undefined]);
    const left = await api.dataSource.query(
      `SELECT action, actor_id IS NOT NULL AND actor_email LIKE '%@%' AS is_signed, address FROM audit_events
       WHERE request_id = $1 ORDER BY id`,
      [requestId],
    );
    expect(left).toEqual(leaves.map((action) => ({ action, is_signed: true, address: '127.0.0.1' })));
  });

  it.each(Object.entries(EXEMPT))('does not tell of %s, which %s', async (route) => {
    const { api, user } = stage;
    const bodies: Record<string, unknown> = {
      'POST /auth/refresh': { refreshToken: (await api.createAccount()).refreshToken },
      'POST /schedules/preview': { cronExpression: '0 9 * * 1' },
      'POST /schedules/simulate': { jobId: await jobOf(stage), every: 3_600_000, assumedDuration: 1_000 },
    };
    const count = () => api.dataSource.query('SELECT count(*)::int FROM audit_events');
    const before = await count();
    const answer = await api.request(route, { token: user.accessToken, body: bodies[route] });
    expect([answer.status, await count()]).toEqual([200, before]);
  });
});
