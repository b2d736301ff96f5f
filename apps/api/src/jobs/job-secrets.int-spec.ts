import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECRET_MASK } from '#contracts';
import { PayloadSecrets } from '#secrets';
import { createJob, jobOf, laterJob, type TestJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestApi } from '../testing/test-api.js';

const WEBHOOK = {
  url: 'https://api.example.com/webhook',
  data: { event: 'job.completed', pin: 'pin-4711' },
  secret: 'webhook-secret-key',
  headers: { Authorization: 'Bearer hunter2', Accept: 'text/plain' },
};
const MASKED = {
  url: WEBHOOK.url,
  data: { event: 'job.completed', pin: SECRET_MASK },
  secret: SECRET_MASK,
  headers: { Authorization: SECRET_MASK, Accept: 'text/plain' },
};
const SECRETS = /pin-4711|webhook-secret-key|hunter2/;

describe('secrets in payloads', () => {
  let api: TestApi;
  let token: string;
  let job: TestJob;

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
    job = await createJob(
      api,
      token,
      laterJob({ type: 'webhook', payload: WEBHOOK, secretFields: ['data.pin'] }),
    );
  });

  afterAll(() => api.close());

  const send = (line: string, body?: unknown) => api.request(line.replace(':id', job.id), { token, body });
  const opened = async () => {
    const [row] = await api.dataSource.query('SELECT payload FROM jobs WHERE id = $1', [job.id]);
    return api.app.get(PayloadSecrets, { strict: false }).open(row.payload);
  };

  it.each([
    ['GET /jobs/:id', undefined],
    ['GET /jobs', undefined],
    ['PATCH /jobs/:id', { name: 'Renamed' }],
    ['PUT /jobs/:id', { priority: 3 }],
    ['POST /jobs/:id/pause', undefined],
    ['POST /jobs/:id/resume', undefined],
    ['POST /jobs/:id/reschedule', { scheduledAt: '2041-01-01T00:00:00Z' }],
  ])('%s shows masks only', async (line, body) => {
    expect(job.payload).toEqual(MASKED);
    const answer = await send(line, body);
    expect(answer.status).toBe(200);
    const [shown] = [answer.body.data].flat() as TestJob[];
    expect(shown?.payload).toEqual(MASKED);
    expect(await opened()).toEqual(WEBHOOK);
  });

  it('are nowhere in the database as they are', async () => {
    const rows = await api.dataSource.query(
      `SELECT (SELECT jsonb_agg(to_jsonb(j)) FROM jobs j) AS jobs, (SELECT jsonb_agg(to_jsonb(v)) FROM job_versions v) AS versions`,
    );
    expect(JSON.stringify(rows)).not.toMatch(SECRETS);
  });

  it('are kept where the mask is sent back, whether still marked or not', async () => {
    const edited = { ...MASKED, url: 'https://api.example.com/other' };
    expect((await send('PATCH /jobs/:id', { payload: edited })).status).toBe(200);
    expect(await opened()).toEqual({ ...WEBHOOK, url: edited.url });
    const unmarked = await send('PATCH /jobs/:id', { payload: edited, secretFields: [] });
    expect(jobOf(unmarked).payload).toEqual(edited);
    await send('PATCH /jobs/:id', { payload: MASKED, secretFields: ['data.pin'] });
    expect(await opened()).toEqual(WEBHOOK);
  });

  it('become secret when their path is marked', async () => {
    const answer = await send('PATCH /jobs/:id', { secretFields: ['data.pin', 'data.event'] });
    expect(jobOf(answer).payload['data']).toEqual({ event: SECRET_MASK, pin: SECRET_MASK });
    expect(await opened()).toEqual(WEBHOOK);
    await send('PATCH /jobs/:id', { secretFields: ['data.pin'], payload: { ...MASKED, data: WEBHOOK.data } });
  });

  it('are not carried over to another type', async () => {
    const answer = await send('PATCH /jobs/:id', {
      type: 'http',
      payload: { url: WEBHOOK.url, headers: { Authorization: SECRET_MASK } },
    });
    expect(answer.fault).toMatchObject({ status: 400, fields: ['payload.headers.Authorization'] });
  });

  it('may be of any kind: what a mask stands for is what has to be valid', async () => {
    const { id } = await createJob(
      api,
      token,
      laterJob({
        type: 'http',
        payload: { url: WEBHOOK.url, expectedStatus: 204, body: { a: 1 } },
        secretFields: ['expectedStatus', 'body'],
      }),
    );
    const read = jobOf(await api.request(`GET /jobs/${id}`, { token }));
    expect(read.payload).toMatchObject({ expectedStatus: SECRET_MASK, body: SECRET_MASK });
    const body = { payload: { ...read.payload, method: 'POST' } };
    expect((await api.request(`PATCH /jobs/${id}`, { token, body })).status).toBe(200);
  });

  it.each([
    ['a mask with nothing behind it', { payload: { ...WEBHOOK, secret: SECRET_MASK } }, 'payload.secret'],
    [
      'the name Chronos keeps for itself',
      { payload: { ...WEBHOOK, data: { $sealed: 'x' } } },
      'payload.data.$sealed',
    ],
    ['a path that is none', { payload: WEBHOOK, secretFields: ['data..pin'] }, 'secretFields'],
    ['a path from outside the payload', { payload: WEBHOOK, secretFields: ['payload.data'] }, 'secretFields'],
    ['too many paths', { payload: WEBHOOK, secretFields: Array(51).fill('a') }, 'secretFields'],
  ])('refuse %s', async (_, part, field) => {
    const answer = await send('POST /jobs', laterJob({ type: 'webhook', ...part }));
    expect(answer.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: [field] });
    expect(JSON.stringify(answer.body)).not.toMatch(SECRETS);
  });
});
