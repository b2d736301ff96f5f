import { it } from 'vitest';
import { waitFor } from '#testing';
import { takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

const LATER = { scheduleType: 'scheduled', scheduledAt: '2099-01-01T00:00:00.000Z' };
const work = (input: number) => ({
  type: 'custom',
  payload: { handler: 'processData', data: { input } },
});
const call = (port: number) => ({ type: 'http', payload: { url: `http://127.0.0.1:${port}/` } });

const JOBS = [
  { name: 'Nightly warehouse sync', ...work(1) },
  { name: 'Invoice export', ...call(1), maxRetries: 0 },
  { name: 'Refresh prices', ...work(2) },
  { name: 'Call the partner', ...call(2), maxRetries: 3, retryDelay: 600_000 },
  { name: 'Weekly report', ...work(3) },
];
const ROUNDS = 4;

it('executions', async () => {
  const account = await dashboard.newAccount();
  for (const job of JOBS) {
    const { body } = await account.api.post('/jobs', { ...LATER, ...job });
    const path = `/jobs/${body.data.id}/trigger`;
    for (let round = 0; round < ROUNDS; round += 1)
      await account.api.post(path, { overlapPolicy: 'allow_all' });
  }
  const live = '/executions?status=scheduled&status=queued&status=running';
  await waitFor(async () => (await account.api.get(live)).body.meta.total === 0, {
    what: 'the runs to end',
    timeoutMs: 60_000,
  });
  await takeShots(dashboard, {
    name: 'executions',
    path: '/executions',
    as: account,
    ready: (page) => page.getByText(`${JOBS.length * ROUNDS} runs`).waitFor(),
  });
});
