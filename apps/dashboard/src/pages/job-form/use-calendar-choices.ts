import { useQuery } from '@tanstack/react-query';
import { pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';

const MOST = 100;

/** The calendars there are to choose from: one's own and those that are shared. */
export function useCalendarChoices() {
  const { data } = useQuery({
    queryKey: keys.calendarChoices(),
    queryFn: ({ signal }) =>
      pageOf(api.GET('/api/v1/calendars', { params: { query: { limit: MOST } }, signal })),
  });
  return data?.items ?? [];
}
