import { useQuery } from '@tanstack/react-query';
import { dataOf } from '../../api/ask.js';
import { publicApi } from '../../api/client.js';

/** Does this installation take registrations? Not known yet, or not reachable: nothing is offered that may be refused. */
export function useIsRegistrationOpen(): boolean | undefined {
  const { data } = useQuery({
    queryKey: ['auth-options'],
    queryFn: ({ signal }) => dataOf(publicApi.GET('/api/v1/auth/options', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.registration;
}
