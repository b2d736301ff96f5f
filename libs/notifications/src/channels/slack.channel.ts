import type { Outcome } from '#contracts';
import { OutboundClient } from '#outbound';
import type { EndNotice } from '../message/notice.js';
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
    const lines = [
      `*${escaped(rendered.text.split('\n')[0] ?? rendered.subject)}*`,
      ...(notice.event === 'test' ? [`<${rendered.link}|Job>`] : endLines(notice, rendered.link)),
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

function endLines({ error, attempt, maxAttempts, scheduledFor }: EndNotice, link: string): string[] {
  return [
    ...(error ? [escaped(`${error.code}: ${error.message}`)] : []),
    `Scheduled for ${scheduledFor}, attempt ${attempt} of ${maxAttempts}. <${link}|Execution>`,
  ];
}

/** The three characters that are markup there; nothing of a job can mention people or make links. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
