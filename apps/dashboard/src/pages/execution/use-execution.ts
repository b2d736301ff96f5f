import { useQuery } from '@tanstack/react-query';
import { ChronosApiError, type ExecutionStatus } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';

const LIVE: readonly ExecutionStatus[] = ['scheduled', 'queued', 'running', 'retrying'];

/** Is there something still to come? */
export function isLive(status: ExecutionStatus): boolean {
  return LIVE.includes(status);
}

/** An execution with its attempts, kept as the server has it. */
export function useExecution(id: string) {
  return useQuery({
    queryKey: keys.executions.one(id),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/executions/{id}', { params: { path: { id } }, signal })),
  });
}

/** The job of an execution; null where it was deleted, which leaves its executions readable. */
export function useJobOf(jobId: string | undefined) {
  return useQuery({
    queryKey: [...keys.jobs.one(jobId ?? ''), 'or-deleted'],
    enabled: jobId !== undefined,
    queryFn: async ({ signal }) => {
      try {
        return await dataOf(api.GET('/api/v1/jobs/{id}', { params: { path: { id: jobId ?? '' } }, signal }));
      } catch (error) {
        if (error instanceof ChronosApiError && error.code === 'NOT_FOUND') return null;
        throw error;
      }
    },
  });
}
