import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import { WorkerRegistry } from '#executions';
import { createJob, laterJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestApi } from '../testing/test-api.js';

describe('GET /handlers', () => {
  let api: TestApi;
  let token: string;

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
  });

  afterAll(() => api.close());

  const publish = async (names: string[]) => {
    const id = newId();
    await api.app.get(WorkerRegistry, { strict: false }).beat({
      id,
      host: 'w',
      pid: 1,
      version: '0',
      types: ['custom'],
      roles: ['execute'],
      concurrency: 1,
      running: 0,
      handlers: names.map((name) => ({ name, description: `Does ${name}`, schema: { type: 'object' } })),
      startedAt: new Date(),
    });
    return id;
  };
  const list = async () => (await api.request('GET /handlers', { token })).body.data as unknown[];
  const create = (handler: string) =>
    api.request('POST /jobs', { token, body: laterJob({ payload: { handler } }) });

  it('tells what live workers can run, and jobs may name nothing else', async () => {
    expect(await list()).toEqual([]);
    const unknown = await createJob(api, token, laterJob({ payload: { handler: 'anything' } }));
    await publish(['sendInvoices', 'processData']);
    const stopped = await publish(['old']);
    await api.app.get(WorkerRegistry, { strict: false }).stop(stopped);
    expect(await list()).toEqual([
      { name: 'processData', description: 'Does processData', schema: { type: 'object' } },
      { name: 'sendInvoices', description: 'Does sendInvoices', schema: { type: 'object' } },
    ]);
    expect((await create('processData')).status).toBe(201);
    const refused = await create('processDatum');
    expect(refused.fault).toMatchObject({ status: 400, fields: ['payload.handler'] });
    expect(refused.body.error.details[0].message).toContain('processData, sendInvoices');
    // What was stored before can still be renamed.
    const renamed = await api.request(`PATCH /jobs/${unknown.id}`, { token, body: { name: 'Renamed' } });
    expect(renamed.status).toBe(200);
  });

  it('lets more clients change custom jobs at once than there are connections', async () => {
    const jobs = await Promise.all(
      Array.from({ length: 30 }, () =>
        createJob(api, token, laterJob({ payload: { handler: 'processData' } })),
      ),
    );
    const answers = await Promise.all(
      jobs.map(({ id }) =>
        api.request(`PATCH /jobs/${id}`, { token, body: { payload: { handler: 'sendInvoices' } } }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
