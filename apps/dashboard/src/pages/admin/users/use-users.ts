import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AdministerUserDto } from '#client';
import { dataOf, pageOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/query-keys.js';
import type { UsersSearch } from './users-search.js';

const PAGE = 100;

/** The accounts that match, newest first, page by page as they are scrolled to. */
export function useUsers(filter: UsersSearch) {
  return useInfiniteQuery({
    queryKey: keys.users.list(filter),
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { ...queryOf(filter), limit: PAGE, ...(cursor !== null && { cursor }) };
      return pageOf(api.GET('/api/v1/users', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
}

function queryOf({ search, role, state }: UsersSearch) {
  return {
    ...(search !== undefined && { search }),
    ...(role !== undefined && { role }),
    ...(state !== undefined && { active: state === 'active' ? ('true' as const) : ('false' as const) }),
  };
}

/** Changes the role of an account, or whether it can be signed in to. */
export function useAdminister(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AdministerUserDto) =>
      dataOf(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body })),
    // Also where it was refused: it is not as it was shown.
    onSettled: () => client.invalidateQueries({ queryKey: keys.users.all() }),
  });
}
