import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CatchupDecisionDto } from '#client';
import { dataOf, pageOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/query-keys.js';

const PAGE = 100;

/**
 * The jobs whose misfires wait, the longest waiting first, page by page as they are scrolled to.
 * @param jobId only that one; left out: all of them
 */
export function useCatchUp(jobId: string | undefined) {
  return useInfiniteQuery({
    queryKey: [...keys.catchUp(), { jobId }],
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { limit: PAGE, ...(jobId && { jobId }), ...(cursor !== null && { cursor }) };
      return pageOf(api.GET('/api/v1/catchup', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
}

export type Decision =
  | { verdict: 'release'; ratePerMinute: number }
  | { verdict: 'drop'; reason: string | undefined };

/** @param jobId of one job; left out: of all */
export function useDecide(jobId: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => decide(decision, jobId),
    // Also where it was refused: somebody else was quicker.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.catchUp() }),
        client.invalidateQueries({ queryKey: keys.dashboard() }),
      ]),
  });
}

function decide(decision: Decision, jobId: string | undefined): Promise<CatchupDecisionDto> {
  if (decision.verdict === 'release') {
    const body = { ratePerMinute: decision.ratePerMinute };
    return dataOf(
      jobId === undefined
        ? api.POST('/api/v1/catchup/release', { body })
        : api.POST('/api/v1/catchup/{jobId}/release', { params: { path: { jobId } }, body }),
    );
  }
  const body = decision.reason === undefined ? {} : { reason: decision.reason };
  return dataOf(
    jobId === undefined
      ? api.POST('/api/v1/catchup/drop', { body })
      : api.POST('/api/v1/catchup/{jobId}/drop', { params: { path: { jobId } }, body }),
  );
}
