import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import { notifyChanges } from '#executions';
import { type EventClient, readEvents } from '../testing/event-client.js';
import {
  createJob,
  storeExecution,
  type StoredExecution,
  storeLog,
  type TestJob,
} from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

describe('GET /executions/:id/events', () => {
  let api: TestApi;
  let base: string;
  let user: TestAccount;
  let job: TestJob;

  beforeAll(async () => {
    api = await createTestApi();
    await api.app.listen(0, '127.0.0.1');
    base = `${await api.app.getUrl()}/api/v1/executions`;
    user = await api.createAccount();
    job = await createJob(api, user.accessToken);
  });
  afterAll(() => api.close());

  const follow = (id: string, lastEventId?: string): Promise<EventClient> =>
    readEvents(`${base}/${id}/events`, { token: user.accessToken, lastEventId });
  let nominalTimes = 0;
  const store = (status: StoredExecution['status']) =>
    storeExecution(api.dataSource, job.id, {
      status,
      scheduledFor: new Date(Date.UTC(2030, 0, 1, 0, 0, (nominalTimes += 1))).toISOString(),
    });
  const log = (executionId: string, message: string) =>
    storeLog(api.dataSource, job.id, { executionId, message });
  const complete = (id: string) =>
    api.dataSource.query(
      `UPDATE executions SET status = 'completed', finished_at = now(), lease_until = NULL WHERE id = $1`,
      [id],
    );
  const told = ({ events }: EventClient) =>
    events.map(({ event, data }) => [event, (data.message ?? data.status ?? data.reason) as string]);

  it('tells the status, the lines from the first on, and the end, in that order', async () => {
    const id = await store('running');
    await log(id, 'one');
    const client = await follow(id);
    await client.until('log', ({ data }) => data.message === 'one');
    await log(id, 'two');
    await client.until('log', ({ data }) => data.message === 'two');
    await log(id, 'three');
    await complete(id);
    await client.ended;
    expect(told(client)).toEqual([
      ['status', 'running'],
      ['log', 'one'],
      ['log', 'two'],
      ['log', 'three'],
      ['status', 'completed'],
      ['end', 'execution_over'],
    ]);
    expect(client.events[0]?.data).toMatchObject({ id, jobId: job.id, attempt: 1 });
  });

  it('goes on after the last line a client has', async () => {
    const id = await store('running');
    await log(id, 'one');
    const before = await follow(id);
    const line = await before.until('log');
    before.leave();
    await log(id, 'two');
    await complete(id);
    const after = await follow(id, line.id);
    await after.ended;
    expect(told(after)).toEqual([
      ['log', 'two'],
      ['status', 'completed'],
      ['end', 'execution_over'],
    ]);
  });

  it('tells all of one that is over', async () => {
    const id = await store('failed');
    for (let count = 0; count < 3; count += 1) await log(id, `line ${count}`);
    const client = await follow(id);
    await client.ended;
    expect(told(client)).toEqual([
      ['log', 'line 0'],
      ['log', 'line 1'],
      ['log', 'line 2'],
      ['status', 'failed'],
      ['end', 'execution_over'],
    ]);
  });

  it('tells each change of status, woken by a notification', async () => {
    const id = await store('queued');
    const client = await follow(id);
    await client.until('status', ({ data }) => data.status === 'queued');
    await api.dataSource.query(
      `UPDATE executions SET status = 'running', attempt = 1, lease_until = now() + interval '1 hour' WHERE id = $1`,
      [id],
    );
    await notifyChanges(api.dataSource, [{ kind: 'execution', id, jobId: job.id, status: 'running' }]);
    await client.until('status', ({ data }) => data.status === 'running');
    client.leave();
    expect(told(client)).toEqual([
      ['status', 'queued'],
      ['status', 'running'],
    ]);
  });

  it('ends when the execution is taken back, as by a pause', async () => {
    const id = await store('scheduled');
    const client = await follow(id);
    await client.until('status');
    await api.dataSource.query('DELETE FROM executions WHERE id = $1', [id]);
    await client.ended;
    expect(told(client).at(-1)).toEqual(['end', 'execution_withdrawn']);
  });

  it("is not there for what is not, and for others'", async () => {
    const other = await api.createAccount();
    const id = await store('running');
    for (const [path, token] of [
      [newId(), user.accessToken],
      [id, other.accessToken],
    ] as const) {
      const { fault } = await api.request(`GET /executions/${path}/events`, { token });
      expect(fault).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
    const malformed = await api.request('GET /executions/7/events', { token: user.accessToken });
    expect(malformed.fault).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect((await api.request(`GET /executions/${id}/events`)).fault).toMatchObject({ status: 401 });
  });
});
