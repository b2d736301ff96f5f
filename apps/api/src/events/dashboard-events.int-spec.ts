import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import { notifyChanges } from '#executions';
import { waitFor } from '#testing';
import { type EventClient, readEvents } from '../testing/event-client.js';
import { createJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';
import { EventStreams, MAX_STREAMS_PER_USER } from './event-streams.service.js';

describe('GET /monitoring/events', () => {
  let api: TestApi;
  let url: string;
  let user: TestAccount;
  let clients: EventClient[] = [];

  beforeAll(async () => {
    api = await createTestApi();
    await api.app.listen(0, '127.0.0.1');
    url = `${await api.app.getUrl()}/api/v1/monitoring/events`;
    user = await api.createAccount();
  });
  afterEach(async () => {
    for (const client of clients) client.leave();
    clients = [];
    await waitFor(() => api.app.get(EventStreams).size === 0, { what: 'the streams to be closed' });
  });
  afterAll(() => api.close());

  const open = async ({ accessToken }: TestAccount, lastEventId?: string): Promise<EventClient> => {
    const client = await readEvents(url, { token: accessToken, lastEventId });
    clients.push(client);
    return client;
  };

  it('tells at once what people do with jobs', async () => {
    const client = await open(user);
    expect([client.status, client.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(client.headers.get('x-request-id')).toBeTruthy();
    await client.until('ready');
    const { id } = await createJob(api, user.accessToken);
    await client.until('job', ({ data }) => data.id === id && data.status === 'active');
    await api.request(`POST /jobs/${id}/pause`, { token: user.accessToken });
    await client.until('job', ({ data }) => data.id === id && data.status === 'paused');
    await api.request(`DELETE /jobs/${id}`, { token: user.accessToken });
    await client.until('job', ({ data }) => data.id === id && data.status === 'deleted');
  });

  it('tells of executions triggered and cancelled', async () => {
    const job = await createJob(api, user.accessToken);
    const client = await open(user);
    await client.until('ready');
    const { body } = await api.request(`POST /jobs/${job.id}/trigger`, { token: user.accessToken, body: {} });
    const id = (body as { data: { id: string } }).data.id;
    const scheduled = await client.until('execution', ({ data }) => data.id === id);
    expect(scheduled.data).toEqual({ id, jobId: job.id, status: 'scheduled' });
    await api.request(`POST /executions/${id}/cancel`, { token: user.accessToken });
    await client.until('execution', ({ data }) => data.id === id && data.status === 'cancelled');
  });

  it('tells everybody that everything is paused, and that it goes on', async () => {
    const admin = await api.createAccount('admin');
    const client = await open(user);
    await client.until('ready');
    await api.request('POST /system/pause', { token: admin.accessToken, body: { reason: 'upgrade' } });
    await client.until('system', ({ data }) => data.state === 'paused');
    await api.request('POST /system/resume', { token: admin.accessToken });
    await client.until('system', ({ data }) => data.state === 'resuming');
    const told = client.events.filter(({ event }) => event === 'system');
    expect(told.map(({ data }) => data)).toEqual([{ state: 'paused' }, { state: 'resuming' }]);
  });

  it("tells a user nothing of others' jobs, and an admin everything", async () => {
    const [other, admin] = [await api.createAccount(), await api.createAccount('admin')];
    const [mine, theirs, all] = [await open(user), await open(other), await open(admin)];
    for (const client of [mine, theirs, all]) await client.until('ready');
    const first = await createJob(api, other.accessToken);
    const second = await createJob(api, user.accessToken);
    await mine.until('job', ({ data }) => data.id === second.id);
    await all.until('job', ({ data }) => data.id === second.id);
    await theirs.until('job', ({ data }) => data.id === first.id);
    expect(mine.events.filter(({ data }) => data.id === first.id)).toEqual([]);
    expect(theirs.events.filter(({ data }) => data.id === second.id)).toEqual([]);
    expect(all.events.filter(({ data }) => data.id === first.id)).not.toEqual([]);
  });

  it('goes on after the last event a client has, missing none and repeating none', async () => {
    const job = await createJob(api, user.accessToken);
    const before = await open(user);
    await before.until('ready');
    const executions = [newId(), newId(), newId()];
    const tell = (id: string) =>
      notifyChanges(api.dataSource, [{ kind: 'execution', id, jobId: job.id, status: 'completed' }]);
    await tell(executions[0] ?? '');
    const last = await before.until('execution');
    before.leave();
    await tell(executions[1] ?? '');
    await tell(executions[2] ?? '');
    const after = await open(user, last.id);
    await after.until('execution', ({ data }) => data.id === executions[2]);
    expect(after.events.map(({ data }) => data.id as string)).toEqual(executions.slice(1));
  });

  it.each(['of-another-process.7', 'nonsense', '.'])(
    'says that events may be missing after %j',
    async (lastEventId) => {
      const client = await open(user, lastEventId);
      await client.until('reset');
      expect(client.events.map(({ event }) => event)).toEqual(['reset']);
    },
  );

  it('says so as well when there was too much to tell', async () => {
    const client = await open(user);
    await client.until('ready');
    await notifyChanges(api.dataSource, [{ kind: 'many' }]);
    expect((await client.until('reset')).id).toBeTruthy();
  });

  it('ends with the session, and leaves the other sessions alone', async () => {
    const leaving = await api.createAccount();
    const [client, other] = [await open(leaving), await open(user)];
    await client.until('ready');
    await api.request('POST /auth/logout', { token: leaving.accessToken });
    expect((await client.until('end')).data).toEqual({ reason: 'session_ended' });
    await client.ended;
    expect(other.events.map(({ event }) => event)).not.toContain('end');
  });

  it('ends with the API key it was opened with, and with no other', async () => {
    const { accessToken: token, ...account } = await api.createAccount();
    const make = async () => {
      const answer = await api.request('POST /auth/api-keys', { token, body: { name: 'tail' } });
      return answer.body.data as { id: string; key: string };
    };
    const [leaving, staying] = [await make(), await make()];
    const client = await open({ ...account, accessToken: leaving.key });
    const other = await open({ ...account, accessToken: staying.key });
    await Promise.all([client.until('ready'), other.until('ready')]);
    await api.request(`DELETE /auth/api-keys/${leaving.id}`, { token });
    expect((await client.until('end')).data).toEqual({ reason: 'session_ended' });
    await client.ended;
    expect(other.events.map(({ event }) => event)).not.toContain('end');
  });

  it('ends when the account is suspended or gets another role', async () => {
    const admin = await api.createAccount('admin');
    for (const change of [{ active: false }, { role: 'admin' }]) {
      const changed = await api.createAccount();
      const client = await open(changed);
      await client.until('ready');
      await api.request(`PATCH /users/${changed.id}`, { token: admin.accessToken, body: change });
      await api.dataSource.query(`SELECT pg_notify('chronos_sessions', '')`);
      expect((await client.until('end')).data).toEqual({ reason: 'session_ended' });
    }
  });

  it('bounds how many one user has open, and lets go of those that are closed', async () => {
    const greedy = await api.createAccount();
    const streams = [];
    for (let count = 0; count < MAX_STREAMS_PER_USER; count += 1) streams.push(await open(greedy));
    const refused = await api.request('GET /monitoring/events', { token: greedy.accessToken });
    expect(refused.fault).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await open(user)).status).toBe(200);
    streams[0]?.leave();
    await waitFor(async () => (await open(greedy)).status === 200, { what: 'room for one more stream' });
  });

  it('asks for a token', async () => {
    expect((await api.request('GET /monitoring/events')).fault).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('ends when the process does, which waits for no reader', async () => {
    const stopping = await createTestApi();
    await stopping.app.listen(0, '127.0.0.1');
    const account = await stopping.createAccount();
    const client = await readEvents(`${await stopping.app.getUrl()}/api/v1/monitoring/events`, {
      token: account.accessToken,
    });
    await client.until('ready');
    await stopping.close();
    await client.ended;
    expect(client.events.at(-1)).toMatchObject({ event: 'end', data: { reason: 'shutdown' } });
  });
});
