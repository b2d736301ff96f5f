import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChronosConfig } from '#config';
import { NOTIFICATION_CHANNELS, type NotificationChannelName } from '#contracts';
import { queryRows } from '#database';

/** How a channel has fared; times as ISO 8601. */
export interface ChannelView {
  name: NotificationChannelName;
  /** What keeps it from sending anything; null where nothing is known to. */
  problem: string | null;
  /** Jobs that would tell their end through it. */
  jobs: number;
  /** Messages still to be sent, and how many of them have failed at least once. */
  pending: number;
  retrying: number;
  /** Of the messages of the last seven days. */
  sent: number;
  failed: number;
  lastSentAt: string | null;
}

interface ChannelRow {
  channel: NotificationChannelName;
  jobs: number;
  pending: number;
  retrying: number;
  sent: number;
  failed: number;
  last_sent_at: Date | null;
}

/** Sums the outbox up by channel. */
@Injectable()
export class FindChannels {
  constructor(
    private readonly config: ChronosConfig,
    private readonly dataSource: DataSource,
  ) {}

  /** @param ownerId counts only the jobs of this user, and their messages */
  async list(ownerId?: string): Promise<ChannelView[]> {
    const rows = await queryRows<ChannelRow>(this.dataSource, CHANNELS, [
      NOTIFICATION_CHANNELS,
      ownerId ?? null,
    ]);
    return rows.map((row) => ({
      name: row.channel,
      problem: row.channel === 'email' ? this.#mailProblem() : null,
      jobs: row.jobs,
      pending: row.pending,
      retrying: row.retrying,
      sent: row.sent,
      failed: row.failed,
      lastSentAt: row.last_sent_at?.toISOString() ?? null,
    }));
  }

  #mailProblem(): string | null {
    const { host, from } = this.config.smtp;
    if (host === undefined) return 'SMTP_HOST is not set: no e-mail can be sent.';
    return from === undefined ? 'SMTP_FROM is not set: no e-mail can be sent.' : null;
  }
}

/** A job that asks for notifications and names no channel tells its owner by e-mail. */
const CHANNELS = `
  SELECT c.channel, coalesce(j.jobs, 0) AS jobs, coalesce(n.pending, 0) AS pending, coalesce(n.retrying, 0) AS retrying,
    coalesce(n.sent, 0) AS sent, coalesce(n.failed, 0) AS failed, n.last_sent_at
  FROM unnest($1::text[]) WITH ORDINALITY AS c(channel, place)
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS jobs FROM jobs
    WHERE deleted_at IS NULL AND status IN ('active', 'paused') AND notifications <> '{}'
      AND ($2::uuid IS NULL OR owner_id = $2)
      AND (notifications ? c.channel OR (c.channel = 'email' AND NOT notifications ?| $1))
  ) j ON true
  LEFT JOIN (
    SELECT m.channel,
      count(*) FILTER (WHERE m.status = 'pending')::int AS pending,
      count(*) FILTER (WHERE m.status = 'pending' AND m.error IS NOT NULL)::int AS retrying,
      count(*) FILTER (WHERE m.status = 'sent')::int AS sent,
      count(*) FILTER (WHERE m.status = 'failed')::int AS failed,
      max(m.sent_at) AS last_sent_at
    FROM notifications m JOIN jobs o ON o.id = m.job_id
    WHERE (m.status = 'pending' OR m.created_at > now() - interval '7 days')
      AND ($2::uuid IS NULL OR o.owner_id = $2)
    GROUP BY m.channel
  ) n ON n.channel = c.channel
  ORDER BY c.place`;
