import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PauseSystemDto, ResumeSystemDto } from '#client';
import { dataOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { keys } from '../api/query-keys.js';
import { useSession } from './use-session.js';

/** Whether everything is paused, and what that concerns of what one may see. Told of live. */
export function useSystemPause() {
  const { status } = useSession();
  return useQuery({
    queryKey: keys.systemPause(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/system/pause', { signal })),
    enabled: status === 'signed-in',
  });
}

/** Pauses everything; for administrators. */
export function usePauseSystem() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PauseSystemDto) => dataOf(api.POST('/api/v1/system/pause', { body })),
    onSuccess: (pause) => client.setQueryData(keys.systemPause(), pause),
    // Also where it was refused: somebody else was quicker.
    onError: () => client.invalidateQueries({ queryKey: keys.systemPause() }),
  });
}

/** Lets everything go on; for administrators. */
export function useResumeSystem() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ResumeSystemDto) => dataOf(api.POST('/api/v1/system/resume', { body })),
    onSuccess: (pause) => client.setQueryData(keys.systemPause(), pause),
    onError: () => client.invalidateQueries({ queryKey: keys.systemPause() }),
  });
}
