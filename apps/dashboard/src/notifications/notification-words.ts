import type { NotificationChannel, NotificationDto, NotificationEvent } from '#client';
import type { StatusKind } from '../components/status-kind.js';

export const CHANNEL_WORDS: Record<NotificationChannel, string> = {
  email: 'E-mail',
  webhook: 'Webhook',
  slack: 'Slack',
};

export const EVENT_WORDS: Record<NotificationEvent, string> = {
  failed: 'A run failed',
  completed: 'A run completed',
  recovered: 'The job recovered',
  test: 'A test',
};

/** How a message is shown: one that waits for its first attempt, one that failed before, sent, or given up. */
export function badgeOf({ status, error }: Pick<NotificationDto, 'status' | 'error'>): {
  kind: StatusKind;
  word: string;
} {
  if (status === 'sent') return { kind: 'ran', word: 'Sent' };
  if (status === 'failed') return { kind: 'failed', word: 'Given up' };
  return error === null ? { kind: 'scheduled', word: 'To be sent' } : { kind: 'retrying', word: 'Retrying' };
}
