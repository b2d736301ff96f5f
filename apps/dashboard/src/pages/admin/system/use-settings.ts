import { useQuery } from '@tanstack/react-query';
import { dataOf, pageOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/query-keys.js';

const MAX_MOVED = 5;

/** What the installation was set up with; it changes with a restart only. */
export function useSettings() {
  return useQuery({
    queryKey: keys.systemSettings(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/system/settings', { signal })),
  });
}

/** How the installation is right now. */
export function useFigures() {
  return useQuery({
    queryKey: keys.system(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/monitoring/metrics', { signal })),
  });
}

/** The latest schedules that new time zone data moved, and how many there are. */
export function useZoneChanges() {
  return useQuery({
    queryKey: keys.zoneChanges(),
    queryFn: ({ signal }) =>
      pageOf(api.GET('/api/v1/schedules/zone-changes', { params: { query: { limit: MAX_MOVED } }, signal })),
  });
}
