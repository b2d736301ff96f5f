import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NotificationChannel, NotificationDto, NotificationStatus } from '#client';
import { dataOf, pageOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { describeError } from '../api/describe-error.js';
import { keys } from '../api/query-keys.js';

const PAGE = 100;
const LATEST = 5;
/** Messages are not told of live: they are read again, soon while one is on its way. */
const REREAD_MS = 15_000;
const REREAD_PENDING_MS = 2_000;

export interface NotificationsFilter {
  status?: NotificationStatus | undefined;
  channel?: NotificationChannel | undefined;
}

/** The messages of all jobs one sees, newest first, page by page as they are scrolled to. */
export function useNotifications({ status, channel }: NotificationsFilter) {
  return useInfiniteQuery({
    queryKey: keys.notifications.list({ status, channel }),
    queryFn: ({ pageParam: cursor, signal }) => {
      const filter = { ...(status !== undefined && { status }), ...(channel !== undefined && { channel }) };
      const query = { ...filter, limit: PAGE, ...(cursor !== null && { cursor }) };
      return pageOf(api.GET('/api/v1/notifications', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.nextCursor,
    refetchInterval: ({ state }) => rereadAfter(state.data?.pages.flatMap(({ items }) => items) ?? []),
  });
}

/** The latest messages of one job. */
export function useJobNotifications(id: string) {
  return useQuery({
    queryKey: keys.notifications.ofJob(id),
    queryFn: ({ signal }) =>
      pageOf(
        api.GET('/api/v1/jobs/{id}/notifications', {
          params: { path: { id }, query: { limit: LATEST } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => rereadAfter(state.data?.items ?? []),
  });
}

/** How each channel has fared. @param refetchInterval milliseconds; false: read once */
export function useChannels(refetchInterval: number | false = REREAD_MS) {
  return useQuery({
    queryKey: keys.notifications.channels(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/notifications/channels', { signal })),
    refetchInterval,
  });
}

export function useResend() {
  return useNotificationCommand((id: string) =>
    dataOf(api.POST('/api/v1/notifications/{id}/resend', { params: { path: { id } } })),
  );
}

/** Sends a test through each channel of a job. */
export function useTestNotifications(id: string) {
  return useNotificationCommand(() =>
    dataOf(api.POST('/api/v1/jobs/{id}/notifications/test', { params: { path: { id } } })),
  );
}

function useNotificationCommand<Input>(command: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: command,
    onSettled: () => client.invalidateQueries({ queryKey: keys.notifications.all() }),
    onError: (error) => {
      const { title, message } = describeError(error);
      notifications.show({ color: 'danger', title, message });
    },
  });
}

function rereadAfter(shown: NotificationDto[]): number {
  return shown.some(({ status, error }) => status === 'pending' && error === null)
    ? REREAD_PENDING_MS
    : REREAD_MS;
}
