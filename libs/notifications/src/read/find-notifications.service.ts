import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NotificationChannelName, NotificationEvent, NotificationStatus } from '#contracts';
import { NotificationEntity } from '../outbox/notification.entity.js';

/** A notification as a client sees it; times as ISO 8601. */
export interface NotificationView {
  id: string;
  executionId: string;
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
  status?: NotificationStatus;
  /** Only older ones than this; `page` is then ignored. */
  afterId?: string | undefined;
}

export interface NotificationList {
  items: NotificationView[];
  total: number;
  lastId: string | null;
}

/** Reads the outbox. Whether the reader may is the caller's question. */
@Injectable()
export class FindNotifications {
  constructor(private readonly dataSource: DataSource) {}

  /** A job's notifications, newest first. */
  async listOfJob(
    jobId: string,
    { page, limit, status, afterId }: NotificationFilter,
  ): Promise<NotificationList> {
    const query = this.dataSource.manager
      .createQueryBuilder(NotificationEntity, 'notification')
      .where('notification.jobId = :jobId', { jobId });
    if (status) query.andWhere('notification.status = :status', { status });
    const total = await query.getCount();
    if (afterId) query.andWhere('notification.id < :afterId', { afterId });
    else query.skip((page - 1) * limit);
    const found = await query
      .orderBy('notification.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const rows = found.slice(0, limit);
    return {
      items: rows.map(notificationView),
      total,
      lastId: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    };
  }
}

function notificationView(row: NotificationEntity): NotificationView {
  const { id, executionId, event, channel, status, attempts, error } = row;
  return {
    id,
    executionId,
    event,
    channel,
    recipient: recipientOf(row),
    status,
    attempts,
    error,
    createdAt: row.createdAt.toISOString(),
    nextAttemptAt: status === 'pending' ? row.nextAttemptAt.toISOString() : null,
    sentAt: row.sentAt?.toISOString() ?? null,
  };
}

/** Path and query of an address may hold tokens. */
function recipientOf({ payload: { target } }: NotificationEntity): string | null {
  if (typeof target['address'] === 'string') return target['address'];
  return typeof target['url'] === 'string' ? new URL(target['url']).origin : null;
}
