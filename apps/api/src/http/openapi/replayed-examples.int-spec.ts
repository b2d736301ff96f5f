import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ICS_EXAMPLE } from '../../calendars/dto/import-calendar.dto.js';
import { API_PREFIX } from '../../create-app.js';
import {
  createJob,
  holdMisfire,
  laterJob,
  storeExecution,
  storeLog,
  storeNotification,
} from '../../testing/job-fixtures.js';
import { type DocumentedOperation, OpenApiContract } from '../../testing/openapi-contract.js';
import { createTestApi, type TestAccount, type TestApi, TEST_PASSWORD } from '../../testing/test-api.js';

/** What a request needs beside its example: ids that exist, and the credentials of somebody who does. */
interface Given {
  params?: Record<string, string>;
  query?: string;
  body?: Record<string, unknown>;
  /** Of the body, for the examples that have them. */
  ids?: Record<string, string>;
  token?: string;
}

/** Never ends by itself; `dashboard-events.int-spec.ts` reads it. */
const ENDLESS = 'GET /monitoring/events';

describe('the document', () => {
  let api: TestApi;
  let admin: TestAccount;
  let contract: OpenApiContract;

  beforeAll(async () => {
    api = await createTestApi({ jobs: { minScheduleIntervalSeconds: 1 } });
    admin = await api.createAccount('admin');
    contract = new OpenApiContract(
      (await api.app.inject({ url: '/api/docs-json' })).json(),
      `/${API_PREFIX}`,
    );
  });

  afterAll(() => api.close());

  const account = async (): Promise<Given> => ({ token: (await api.createAccount()).accessToken });
  const job = async (more: Record<string, unknown> = {}) =>
    (await createJob(api, admin.accessToken, laterJob(more))).id;
  const withJob = async (more?: Record<string, unknown>): Promise<Given> => ({
    params: { id: await job(more) },
  });
  const withExecution = async (status: 'completed' | 'scheduled'): Promise<Given> => {
    const jobId = await job();
    const id = await storeExecution(api.dataSource, jobId, {
      status,
      attempts: status === 'completed' ? 1 : 0,
    });
    await storeLog(api.dataSource, jobId, { executionId: id, message: 'Calling' });
    return { params: { id } };
  };
  const ofJob = async (): Promise<Given> => {
    const id = await job();
    await storeLog(api.dataSource, id, {
      executionId: await storeExecution(api.dataSource, id),
      message: 'x',
    });
    return { params: { id } };
  };
  const act = (line: string, { params = {}, query = '', body, token }: Given) =>
    api.request(line.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? name) + query, {
      token: token ?? admin.accessToken,
      body,
    });

  const withChain = async (): Promise<Given> => {
    const { params = {} } = await withJob();
    const after = [{ jobId: params['id'] }];
    await job({ scheduleType: 'chained', scheduledAt: undefined, after });
    return { params };
  };
  const withSecret = async (): Promise<Given> => {
    const name = `S_${crypto.randomUUID().replaceAll('-', '')}`;
    await act('POST /secrets', { body: { name, value: 'hunter2' } });
    return { params: { name } };
  };

  const daily = { scheduleType: 'recurring', scheduledAt: undefined, cronExpression: '@daily' };
  const withBackfill = async (): Promise<Given> => {
    const given = await withJob(daily);
    const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-31T00:00:00Z', mode: 'missing' };
    const { body } = await act('POST /jobs/{id}/backfill', { ...given, body: range });
    return { params: { id: body.data.id as string } };
  };

  const withCalendar = async (): Promise<Given> => {
    const { body } = await act('POST /calendars', {
      body: { name: crypto.randomUUID(), dates: ['2030-12-24'] },
    });
    return { params: { id: body.data.id as string } };
  };

  const withHeld = async (): Promise<Given> => {
    const id = await job(daily);
    await holdMisfire(api.dataSource, id);
    return { params: { jobId: id } };
  };

  const GIVEN: Record<string, () => Promise<Given>> = {
    'POST /auth/register': () => Promise.resolve({ body: { email: `${crypto.randomUUID()}@example.com` } }),
    'POST /auth/login': async () => ({
      body: { email: (await api.createAccount()).email, password: TEST_PASSWORD },
    }),
    'POST /auth/refresh': async () => ({ body: { refreshToken: (await api.createAccount()).refreshToken } }),
    'POST /auth/logout': account,
    'POST /auth/logout-everywhere': account,
    'POST /schedules/simulate': async () => ({ ids: { jobId: await job(daily) } }),
    'POST /auth/change-password': async () => ({
      ...(await account()),
      body: { currentPassword: TEST_PASSWORD, newPassword: 'AnotherPass456' },
    }),
    'DELETE /auth/api-keys/{id}': async () => {
      const { body } = await act('POST /auth/api-keys', { body: { name: 'to go' } });
      return { params: { id: body.data.id as string } };
    },
    'GET /calendars/{id}': withCalendar,
    'PATCH /calendars/{id}': withCalendar,
    'DELETE /calendars/{id}': withCalendar,
    'GET /calendars/{id}/windows': withCalendar,
    'GET /calendars/{id}/jobs': async () => {
      const given = await withCalendar();
      await job({ calendars: [given.params?.['id']] });
      return given;
    },
    'POST /calendars/{id}/import': withCalendar,
    'DELETE /calendars/{id}/import': async () => {
      const given = await withCalendar();
      await act('POST /calendars/{id}/import', { ...given, body: { ics: ICS_EXAMPLE } });
      return given;
    },
    'GET /secrets/{name}': withSecret,
    'PATCH /secrets/{name}': withSecret,
    'DELETE /secrets/{name}': withSecret,
    'PATCH /users/{id}': async () => ({ params: { id: (await api.createAccount()).id } }),
    'GET /jobs/activity': async () => ({ query: `?ids=${await job()}` }),
    'GET /jobs/ledger-columns': async () => ({ query: `?jobIds=${await job()}` }),
    'POST /system/pause': async () => {
      await act('POST /system/resume', {});
      return {};
    },
    'POST /system/resume': async () => {
      await act('POST /system/pause', { body: { reason: 'to be resumed' } });
      return {};
    },
    'PUT /jobs/{id}': withJob,
    'PATCH /jobs/{id}': withJob,
    'GET /jobs/{id}': withJob,
    'DELETE /jobs/{id}': withJob,
    'POST /jobs/{id}/pause': withJob,
    'POST /jobs/{id}/resume': async () => {
      const given = await withJob();
      await act('POST /jobs/{id}/pause', given);
      return given;
    },
    'POST /jobs/{id}/cancel': withJob,
    'POST /jobs/{id}/reschedule': () =>
      withJob({ scheduleType: 'recurring', scheduledAt: undefined, cronExpression: '@daily' }),
    'POST /jobs/{id}/clone': withJob,
    'POST /jobs/{id}/trigger': withJob,
    'POST /jobs/{id}/backfill': () => withJob(daily),
    'GET /jobs/{id}/backfills': ofJob,
    'GET /backfills/{id}': withBackfill,
    'GET /catchup': withHeld,
    'POST /catchup/{jobId}/release': withHeld,
    'POST /catchup/{jobId}/drop': withHeld,
    'POST /backfills/{id}/cancel': withBackfill,
    'GET /jobs/{id}/executions': ofJob,
    'GET /jobs/{id}/ledger': ofJob,
    'GET /jobs/{id}/stats': ofJob,
    'GET /jobs/{id}/chain': withChain,
    'GET /jobs/{id}/logs': ofJob,
    'GET /jobs/{id}/notifications': ofJob,
    'POST /jobs/{id}/notifications/test': () => withJob({ notifications: { email: 'ops@example.com' } }),
    'POST /notifications/{id}/resend': async () => ({
      params: { id: await storeNotification(api.dataSource, await job()) },
    }),
    'GET /executions/{id}': () => withExecution('completed'),
    'GET /executions/{id}/events': () => withExecution('completed'),
    'POST /executions/{id}/cancel': () => withExecution('scheduled'),
    'POST /executions/{id}/retry': () => withExecution('completed'),
  };

  it('gives examples that its own schemas take', () => {
    expect(contract.wrongExamples()).toEqual([]);
  });

  it('names a fixture for nothing that is gone', () => {
    const lines = contract.operations.map(({ line }) => line);
    expect(lines).toEqual(expect.arrayContaining([ENDLESS, ...Object.keys(GIVEN)]));
  });

  it('is kept by every route when its examples are sent', { timeout: 60_000 }, async () => {
    const faults: string[] = [];
    for (const operation of contract.operations.filter(({ line }) => line !== ENDLESS)) {
      const bodies = operation.hasBody ? operation.examples : [undefined];
      for (const example of bodies) faults.push(...(await replay(operation, example)));
    }
    expect(faults).toEqual([]);
  });

  async function replay(
    { line, successes, textTypes }: DocumentedOperation,
    example: unknown,
  ): Promise<string[]> {
    const given = (await GIVEN[line]?.()) ?? {};
    const fields = example as object | undefined;
    const ids = Object.entries(given.ids ?? {}).filter(([name]) => fields && name in fields);
    const body = fields && { ...fields, ...Object.fromEntries(ids), ...given.body };
    if (textTypes.length > 0) {
      const url = `/${API_PREFIX}${line.slice(4).replace('{id}', given.params?.['id'] ?? '')}`;
      const { statusCode, headers } = await api.app.inject({
        url,
        headers: { authorization: `Bearer ${admin.accessToken}` },
      });
      const told = String(headers['content-type']);
      const isAsTold = textTypes.some((type) => told.startsWith(type));
      return successes.includes(statusCode) && isAsTold ? [] : [`${line}: ${statusCode} ${told}`];
    }
    const answer = await act(line, { ...given, body });
    if (!successes.includes(answer.status))
      return [`${line}: ${answer.status} ${JSON.stringify(answer.body)}`];
    return contract.faultsOf(line, answer.status, answer.body).map((fault) => `${line}: ${fault}`);
  }
});
