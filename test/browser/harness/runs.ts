import { expect } from 'vitest';
import { waitFor } from '#testing';
import type { Account } from './dashboard.js';

/**
 * A job that runs only when it is asked to, and once, unless `job` says otherwise.
 * @returns its id
 */
export async function createJob(account: Account, name: string, job: object): Promise<string> {
  const { status, body } = await account.api.post('/jobs', {
    name,
    scheduleType: 'scheduled',
    scheduledAt: '2099-01-01T00:00:00.000Z',
    maxRetries: 0,
    ...job,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.data.id;
}

/**
 * Runs a job beside what of it runs already.
 * @returns the id of the run
 */
export async function runJob(account: Account, jobId: string): Promise<string> {
  const { status, body } = await account.api.post(`/jobs/${jobId}/trigger`, { overlapPolicy: 'allow_all' });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.data.id;
}

/** Waits for the end of these runs, however they end. */
export async function ended(account: Account, ...ids: string[]): Promise<void> {
  const isOver = async (id: string) => {
    const { body } = await account.api.get(`/executions/${id}`);
    return !['scheduled', 'queued', 'running', 'retrying'].includes(body.data.status);
  };
  for (const id of ids) await waitFor(() => isOver(id), { what: 'a run to end', timeoutMs: 30_000 });
}
