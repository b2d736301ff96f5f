import { useQuery } from '@tanstack/react-query';
import { pageOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { keys } from '../api/query-keys.js';

/** Most installations have a handful of people; of a large one the newest hundred are known by name. */
const MAX = 100;
const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** E-mail addresses of accounts by id; for administrators. */
export function useAccountNames(isEnabled: boolean): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: keys.users.names(),
    queryFn: ({ signal }) => pageOf(api.GET('/api/v1/users', { params: { query: { limit: MAX } }, signal })),
    select: ({ items }) => new Map(items.map(({ id, email }) => [id, email])),
    enabled: isEnabled,
  });
  return data ?? NO_NAMES;
}
