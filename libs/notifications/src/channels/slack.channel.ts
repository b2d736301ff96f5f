import type { Outcome } from '#contracts';
import { OutboundClient } from '#outbound';
import {
  NotificationChannel,
  type NotificationSender,
  type OutgoingNotification,
} from './notification-channel.js';
import { postJson } from './post-json.js';
import { targetText } from './target-text.js';

/** `{ text }` to an incoming webhook: what Slack, Mattermost, Rocket.Chat and others have in common. */
@NotificationChannel('slack')
export class SlackChannel implements NotificationSender {
  constructor(private readonly client: OutboundClient) {}

  send({ notice, rendered, target }: OutgoingNotification, signal: AbortSignal): Promise<Outcome> {
    const { error, attempt, maxAttempts, scheduledFor } = notice;
    const lines = [
      `*${escaped(rendered.text.split('\n')[0] ?? rendered.subject)}*`,
      ...(error ? [escaped(`${error.code}: ${error.message}`)] : []),
      `Scheduled for ${scheduledFor}, attempt ${attempt} of ${maxAttempts}. <${rendered.link}|Execution>`,
    ];
    return postJson(
      this.client,
      targetText(target, 'url'),
      JSON.stringify({ text: lines.join('\n') }),
      {},
      signal,
    );
  }
}

/** The three characters that are markup there; nothing of a job can mention people or make links. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
