import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';

/** The calendars a job names, by name where one may see them. */
export function JobCalendars({ ids }: { ids: string[] }) {
  const calendars = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.calendars.one(id),
      queryFn: () => dataOf(api.GET('/api/v1/calendars/{id}', { params: { path: { id } } })),
    })),
  });
  return ids.map((id, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <Link to="/calendars/$calendarId" params={{ calendarId: id }}>
        {calendars[index]?.data?.name ?? id}
      </Link>
    </span>
  ));
}
