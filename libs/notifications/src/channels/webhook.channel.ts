import type { NotificationEvent, Outcome } from '#contracts';
import { OutboundClient, signWebhook } from '#outbound';
import {
  NotificationChannel,
  type NotificationSender,
  type OutgoingNotification,
} from './notification-channel.js';
import type { Notice } from '../message/notice.js';
import { postJson } from './post-json.js';
import { targetText } from './target-text.js';

/** What a receiver of webhooks tells messages apart by. */
const TYPES: Record<NotificationEvent, string> = {
  failed: 'execution.failed',
  completed: 'execution.completed',
  recovered: 'job.recovered',
  test: 'notification.test',
};

/**
 * `{ type, timestamp, data }` as Standard Webhooks 1.0.0 has it: `webhook-id` is the notification's id. Signed
 * where the job gives a secret.
 */
@NotificationChannel('webhook')
export class WebhookChannel implements NotificationSender {
  constructor(private readonly client: OutboundClient) {}

  send({ id, notice, rendered, target }: OutgoingNotification, signal: AbortSignal): Promise<Outcome> {
    const body = JSON.stringify(messageOf(notice, rendered.link));
    const { secret } = target;
    const sentAt = new Date();
    const headers =
      typeof secret === 'string'
        ? { ...signWebhook(secret, id, sentAt, body) }
        : { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)) };
    return postJson(this.client, targetText(target, 'url'), body, headers, signal);
  }
}

function messageOf(notice: Notice, url: string) {
  const type = TYPES[notice.event];
  if (notice.event === 'test') {
    const { event: _, requestedAt: timestamp, ...data } = notice;
    return { type, timestamp, data: { ...data, url } };
  }
  const { event: _, finishedAt: timestamp, ...data } = notice;
  return { type, timestamp, data: { ...data, url } };
}
