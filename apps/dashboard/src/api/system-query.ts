import { queryOptions } from '@tanstack/react-query';
import { dataOf } from './ask.js';
import { api } from './client.js';
import { keys } from './query-keys.js';

/** How the system is; for administrators, others are refused. */
export const systemQuery = queryOptions({
  queryKey: keys.system(),
  queryFn: ({ signal }) => dataOf(api.GET('/api/v1/monitoring/metrics', { signal })),
});
