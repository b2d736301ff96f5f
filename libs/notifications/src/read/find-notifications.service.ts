import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  ChronosError,
  type JsonObject,
  type NotificationChannelName,
  type NotificationEvent,
  type NotificationStatus,
} from '#contracts';
import { queryRows, type SqlRunner } from '#database';

/** A notification as a client sees it; times as ISO 8601. */
export interface NotificationView {
  id: string;
  jobId: string;
  jobName: string;
  /** null: a test. */
  executionId: string | null;
  event: NotificationEvent;
  channel: NotificationChannelName;
  /** The e-mail address, or the origin of a webhook; null where that is a secret. */
  recipient: string | null;
  status: NotificationStatus;
  attempts: number;
  /** Why the newest attempt failed. */
  error: string | null;
  createdAt: string;
  /** null once it is sent or given up. */
  nextAttemptAt: string | null;
  sentAt: string | null;
}

export interface NotificationFilter {
  page: number;
  limit: number;
  /** Of one job. */
  jobId?: string;
  /** Of the jobs of one user. */
  ownerId?: string;
  channel?: NotificationChannelName;
  status?: NotificationStatus;
  /** Only older ones than this; `page` is then ignored. */
  afterId?: string | undefined;
}

export interface NotificationList {
  items: NotificationView[];
  total: number;
  lastId: string | null;
}

interface NotificationRow {
  id: string;
  job_id: string;
  job_name: string;
  execution_id: string | null;
  event: NotificationEvent;
  channel: NotificationChannelName;
  target: JsonObject;
  status: NotificationStatus;
  attempts: number;
  error: string | null;
  created_at: Date;
  next_attempt_at: Date;
  sent_at: Date | null;
}

/** Reads the outbox. Whether the reader may is the caller's question. */
@Injectable()
export class FindNotifications {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  async list({ page, limit, afterId, ...filter }: NotificationFilter): Promise<NotificationList> {
    const { jobId, ownerId, channel, status } = filter;
    const matching = [jobId ?? null, ownerId ?? null, channel ?? null, status ?? null];
    const [counted] = await queryRows<{ total: number }>(
      this.dataSource,
      `SELECT count(*)::int AS total ${MATCHING}`,
      matching,
    );
    const found = await queryRows<NotificationRow>(
      this.dataSource,
      `${COLUMNS} ${MATCHING} AND ($5::uuid IS NULL OR n.id < $5) ORDER BY n.id DESC LIMIT $6 OFFSET $7`,
      [...matching, afterId ?? null, limit + 1, afterId ? 0 : (page - 1) * limit],
    );
    const rows = found.slice(0, limit);
    return {
      items: rows.map(notificationView),
      total: counted?.total ?? 0,
      lastId: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    };
  }

  /** Those of these ids, oldest first. */
  async byIds(ids: string[], runner: SqlRunner = this.dataSource): Promise<NotificationView[]> {
    const rows = await queryRows<NotificationRow>(
      runner,
      `${COLUMNS} FROM notifications n JOIN jobs j ON j.id = n.job_id WHERE n.id = ANY($1) ORDER BY n.id`,
      [ids],
    );
    return rows.map(notificationView);
  }

  /** @throws ChronosError NOT_FOUND */
  async get(id: string, runner?: SqlRunner): Promise<NotificationView> {
    const [found] = await this.byIds([id], runner);
    if (!found) throw ChronosError.notFound('notification', id);
    return found;
  }
}

const COLUMNS = `
  SELECT n.id, n.job_id, j.name AS job_name, n.execution_id, n.event, n.channel, n.payload -> 'target' AS target, n.status,
    n.attempts, n.error, n.created_at, n.next_attempt_at, n.sent_at`;

const MATCHING = `
  FROM notifications n JOIN jobs j ON j.id = n.job_id
  WHERE ($1::uuid IS NULL OR n.job_id = $1) AND ($2::uuid IS NULL OR j.owner_id = $2)
    AND ($3::text IS NULL OR n.channel = $3) AND ($4::text IS NULL OR n.status = $4)`;

function notificationView(row: NotificationRow): NotificationView {
  const { id, event, channel, status, attempts, error } = row;
  return {
    id,
    jobId: row.job_id,
    jobName: row.job_name,
    executionId: row.execution_id,
    event,
    channel,
    recipient: recipientOf(row.target),
    status,
    attempts,
    error,
    createdAt: row.created_at.toISOString(),
    nextAttemptAt: status === 'pending' ? row.next_attempt_at.toISOString() : null,
    sentAt: row.sent_at?.toISOString() ?? null,
  };
}

/** Path and query of an address may hold tokens. */
function recipientOf(target: JsonObject): string | null {
  if (typeof target['address'] === 'string') return target['address'];
  return typeof target['url'] === 'string' ? new URL(target['url']).origin : null;
}
