import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { dataOf } from '../api/ask.js';
import { api, session } from '../api/client.js';
import { keys } from '../api/query-keys.js';
import { useSession } from './use-session.js';

/** Keeps who is signed in as the server has them: a role that was given or taken away is seen without a new sign-in. */
export function useFreshUser(): void {
  const { status, user } = useSession();
  const id = user?.id;
  const { data } = useQuery({
    queryKey: keys.me(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/auth/me', { signal })),
    enabled: status === 'signed-in',
  });
  useEffect(() => {
    // What was read for somebody else may still be kept here.
    if (data && data.id === id) session.updateUser(data);
  }, [data, id]);
}
