import type { NotificationEvent, Outcome } from '#contracts';
import { OutboundClient, signWebhook } from '#outbound';
import {
  NotificationChannel,
  type NotificationSender,
  type OutgoingNotification,
} from './notification-channel.js';
import { postJson } from './post-json.js';
import { targetText } from './target-text.js';

/** What a receiver of webhooks tells messages apart by. */
const TYPES: Record<NotificationEvent, string> = {
  failed: 'execution.failed',
  completed: 'execution.completed',
  recovered: 'job.recovered',
};

/**
 * `{ type, timestamp, data }` as Standard Webhooks 1.0.0 has it: `webhook-id` is the notification's id. Signed
 * where the job gives a secret.
 */
@NotificationChannel('webhook')
export class WebhookChannel implements NotificationSender {
  constructor(private readonly client: OutboundClient) {}

  send({ id, notice, rendered, target }: OutgoingNotification, signal: AbortSignal): Promise<Outcome> {
    const { event, finishedAt: timestamp, ...data } = notice;
    const body = JSON.stringify({ type: TYPES[event], timestamp, data: { ...data, url: rendered.link } });
    const { secret } = target;
    const sentAt = new Date();
    const headers =
      typeof secret === 'string'
        ? { ...signWebhook(secret, id, sentAt, body) }
        : { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)) };
    return postJson(this.client, targetText(target, 'url'), body, headers, signal);
  }
}
