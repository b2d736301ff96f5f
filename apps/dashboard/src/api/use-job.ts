import { queryOptions, useQuery } from '@tanstack/react-query';
import { dataOf } from './ask.js';
import { api } from './client.js';
import { keys } from './query-keys.js';

export function jobQuery(id: string) {
  return queryOptions({
    queryKey: keys.jobs.one(id),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
  });
}

/** A job, kept as it is by what the server tells of live. */
export function useJob(id: string) {
  return useQuery(jobQuery(id));
}
