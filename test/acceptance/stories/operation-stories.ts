import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, waitFor } from '#testing';
import { createJob, executionsOf, type Target, untilStatus } from './target.js';

interface Attempt {
  attempt: number;
  status: string;
  startedAt: string;
  finishedAt: string;
}

/** What people live through with a service that runs: failures, mail about them, other people's jobs, sessions, logs. */
export function describeOperation(target: () => Target): void {
  describe('in operation', () => {
    let user: ApiClient;
    const anybody = () => new ApiClient(target().apis.at(-1) ?? '');
    const httpJob = (path: string, more: object = {}) => ({
      name: `calls ${path}`,
      type: 'http',
      scheduleType: 'immediate',
      payload: { url: `${target().outside.http.url}${path}` },
      ...more,
    });

    beforeAll(async () => {
      user = await ApiClient.register(target().apis[0] ?? '');
    });

    it('a job that fails is tried again after growing delays', async () => {
      const id = await createJob(
        user,
        httpJob('/flaky/growing', { retryDelay: 200, backoff: { strategy: 'exponential', factor: 3 } }),
      );
      const [execution] = await executionsOf(user, id);
      expect(execution).toMatchObject({ status: 'completed', attempt: 3 });
      const { body } = await user.get(`/executions/${execution?.id}`);
      const attempts = body.data.attempts as Attempt[];
      expect(attempts.map(({ status }) => status)).toEqual(['failed', 'failed', 'completed']);
      const waits = attempts
        .slice(1)
        .map(({ startedAt }, index) => Date.parse(startedAt) - Date.parse(attempts[index]?.finishedAt ?? ''));
      expect(waits[0]).toBeGreaterThanOrEqual(200);
      expect(waits[1]).toBeGreaterThanOrEqual(600);
    });

    it('a job is retried three times, first after 5 s, unless it says otherwise', async () => {
      const { body } = await user.post(
        '/jobs',
        httpJob('/ok', { scheduleType: 'scheduled', scheduledAt: '2040-01-01T00:00:00Z' }),
      );
      expect(body.data).toMatchObject({
        maxRetries: 3,
        retryDelay: 5_000,
        backoff: { strategy: 'exponential', factor: 5 },
      });
    });

    it('its owner is told by e-mail when it has failed, and when it is done', async () => {
      const notifications = { onFailure: true, onSuccess: true, email: 'owner@example.com' };
      const failed = await createJob(
        user,
        httpJob('/broken/told', { name: 'Nightly import', notifications }),
      );
      const done = await createJob(user, httpJob('/told', { name: 'Nightly export', notifications }));
      await Promise.all([executionsOf(user, failed), executionsOf(user, done)]);
      const mails = await Promise.all(
        ['Nightly import', 'Nightly export'].map((name) => target().outside.smtp.mail(name)),
      );
      expect(mails.map(({ to }) => to)).toEqual([['owner@example.com'], ['owner@example.com']]);
      expect(mails[0]?.source).toMatch(/400/);
    });

    it('a time-out ends an attempt, a cancel an execution', async () => {
      const slow = await createJob(user, httpJob('/hold/timeout', { timeout: 300, maxRetries: 0 }));
      expect((await executionsOf(user, slow))[0]).toMatchObject({ status: 'timed_out' });
      const held = await createJob(user, httpJob('/hold/cancel'));
      const execution = await untilStatus(user, held, 'running');
      expect((await user.post(`/executions/${execution}/cancel`)).status).toBe(200);
      expect((await executionsOf(user, held))[0]).toMatchObject({ id: execution, status: 'cancelled' });
    });

    it('one sees neither the jobs nor the executions of others; an admin sees all', async () => {
      const id = await createJob(user, httpJob('/mine'));
      const [execution] = await executionsOf(user, id);
      const other = await ApiClient.register(target().apis[0] ?? '');
      for (const path of [
        `/jobs/${id}`,
        `/jobs/${id}/executions`,
        `/jobs/${id}/logs`,
        `/executions/${execution?.id}`,
      ]) {
        expect([path, (await other.get(path)).status]).toEqual([path, 404]);
      }
      const { email, password } = target().admin;
      const admin = await ApiClient.login(target().apis[0] ?? '', email, password);
      expect((await admin.get(`/jobs/${id}`)).status).toBe(200);
    });

    it('tokens are refreshed, each refresh token once, and end with the session on every API', async () => {
      const account = { email: `u${crypto.randomUUID()}@example.com`, password: 'SecurePass123', name: 'R' };
      const { body: registered } = await anybody().post('/auth/register', account);
      const first = registered.data.refreshToken as string;
      const { status, body } = await anybody().post('/auth/refresh', { refreshToken: first });
      expect(status).toBe(200);
      const sessions = target().apis.map((url) => new ApiClient(url, body.data.accessToken as string));
      for (const session of sessions)
        expect((await session.get('/auth/me')).body.data.email).toBe(account.email);
      expect((await sessions[0]?.request('POST', '/auth/logout'))?.status).toBe(204);
      for (const session of sessions) expect((await session.get('/auth/me')).status).toBe(401);
      expect((await anybody().post('/auth/refresh', { refreshToken: body.data.refreshToken })).status).toBe(
        401,
      );
    });

    it('a request sent twice with one Idempotency-Key makes one job', async () => {
      const key = crypto.randomUUID();
      const body = httpJob('/once');
      const first = await user.post('/jobs', body, { 'idempotency-key': key });
      const second = await user.post('/jobs', body, { 'idempotency-key': key });
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.body.data.id).toBe(first.body.data.id);
    });

    it('every answer carries security headers, a request id and what is left of the rate limit', async () => {
      const { headers } = await user.get('/jobs');
      expect(headers.get('content-security-policy')).toBeTruthy();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toBeTruthy();
      expect(Number(headers.get('ratelimit-remaining'))).toBeLessThan(Number(headers.get('ratelimit-limit')));
    });

    it('logs go to files of the day: all, and those about jobs; errors alone', async () => {
      const { logs } = target().outside;
      const id = await createJob(user, httpJob('/broken/logged'));
      const [execution] = await executionsOf(user, id);
      const text = async (name: string) => {
        const files = (await readdir(logs)).filter((file) =>
          new RegExp(`^${name}-\\d{4}-\\d\\d-\\d\\d\\.log$`).test(file),
        );
        return (await Promise.all(files.map((file) => readFile(join(logs, file), 'utf8')))).join('');
      };
      await waitFor(async () => (await text('jobs')).includes(execution?.id ?? '-'), {
        what: 'the execution in jobs-*.log',
      });
      expect(await text('chronos')).toContain('"app":"worker"');
      const levels = (await text('error')).split('\n').filter((line) => line !== '');
      expect(levels.every((line) => /"level":"(error|fatal)"/.test(line))).toBe(true);
    });
  });
}
