import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, waitFor } from '#testing';
import { type Backend, type Installation, startInstallation } from './installation.js';

const JOBS = 20;

/** Told of each backend in a file of its own, so that they run side by side: they wait for leases to end. */
export function killStories(backend: Backend): void {
  describe(`nothing is lost and nothing recorded twice on ${backend}`, () => {
    let chronos: Installation;
    beforeAll(async () => {
      chronos = await startInstallation(backend);
    });
    afterEach(() => chronos.clear());
    afterAll(() => chronos.stop());

    const createJobs = async (count: number, path = '/quick', client = chronos.client) => {
      const answers = await Promise.all(
        Array.from({ length: count }, (_, index) =>
          client.post('/jobs', {
            name: `job ${index}`,
            type: 'http',
            scheduleType: 'immediate',
            retryDelay: 0,
            payload: { url: `${chronos.receiver.url}${path}/${index}` },
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      return answers.map(({ body }) => body.data.id as string);
    };

    it('when the API is killed between the commit and the queue', async () => {
      const api = await chronos.start('api');
      const ids = await createJobs(JOBS, '/quick', await ApiClient.register(api.url));
      await api.end('SIGKILL');
      await chronos.start('worker');
      const outcomes = await chronos.untilQuiet(JOBS);
      expect(outcomes.map(({ job_id }) => job_id).toSorted()).toEqual(ids.toSorted());
      for (const { status, attempts } of outcomes)
        expect([status, ...attempts]).toEqual(['completed', 'completed']);
      expect(chronos.receiver.requests).toHaveLength(JOBS);
    });

    it('when a worker is killed while it runs jobs', async () => {
      const first = await chronos.start('worker');
      await createJobs(JOBS, '/hold');
      await waitFor(() => chronos.receiver.requests.length === JOBS, { what: 'all jobs to run' });
      await first.end('SIGKILL');
      await chronos.start('worker');
      const outcomes = await chronos.untilQuiet(JOBS);
      expect(outcomes).toHaveLength(JOBS);
      for (const { status, attempts } of outcomes)
        expect([status, ...attempts]).toEqual(['completed', 'lost', 'completed']);
      const keys = chronos.receiver.requests.map(({ headers }) => headers['idempotency-key']);
      expect(new Set(keys)).toEqual(new Set(outcomes.map(({ id }) => id)));
    });

    it('when workers are killed at any moment', async () => {
      await chronos.start('worker', { WORKER_ROLES: 'plan' });
      const total = JOBS * 3;
      let worker = await chronos.start('worker', { WORKER_ROLES: 'execute' });
      for (const moment of [3, 40, 150]) {
        await createJobs(JOBS);
        await new Promise((resolve) => setTimeout(resolve, moment));
        await worker.end('SIGKILL');
        worker = await chronos.start('worker', { WORKER_ROLES: 'execute' });
      }
      const outcomes = await chronos.untilQuiet(total);
      expect(outcomes).toHaveLength(total);
      for (const { status, attempts } of outcomes) {
        expect(status).toBe('completed');
        expect(attempts.filter((attempt) => attempt === 'completed')).toHaveLength(1);
        expect(attempts.slice(0, -1).every((attempt) => attempt === 'lost')).toBe(true);
      }
    });

    it('when the queue loses everything it holds', async () => {
      await chronos.start('worker', { WORKER_ROLES: 'plan' });
      await createJobs(JOBS);
      await waitFor(
        async () => {
          const [row] = await chronos.rows<{ queued: number }>(
            `SELECT count(*)::int AS queued FROM executions WHERE status = 'queued'`,
          );
          return row?.queued === JOBS;
        },
        { what: 'all jobs to be queued' },
      );
      await chronos.loseQueue();
      await chronos.start('worker', { WORKER_ROLES: 'execute' });
      const outcomes = await chronos.untilQuiet(JOBS);
      for (const { status, attempts } of outcomes)
        expect([status, ...attempts]).toEqual(['completed', 'completed']);
      expect(chronos.receiver.requests).toHaveLength(JOBS);
    });

    it('when a worker is told to stop: it hands back what it cannot finish, and no attempt is spent', async () => {
      const first = await chronos.start('worker', { SHUTDOWN_GRACE_MS: '300' });
      await createJobs(JOBS, '/hold');
      await waitFor(() => chronos.receiver.requests.length === JOBS, { what: 'all jobs to run' });
      const second = chronos.start('worker');
      expect(await first.end('SIGTERM')).toBe(0);
      await second;
      const outcomes = await chronos.untilQuiet(JOBS);
      for (const { status, attempts } of outcomes)
        expect([status, ...attempts]).toEqual(['completed', 'completed']);
    });
  });
}
