import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Actor, JsonObject } from '#contracts';
import type { AuditAction, AuditTarget } from './audit-action.js';
import { AuditEventEntity } from './audit-event.entity.js';

export interface AuditFilter {
  /** A user's id, or an e-mail address as it was at the time. */
  actor?: string;
  /** An action, or the part before the dot for all of that kind. */
  action?: string;
  /** The id of what it was done to. */
  target?: string;
  jobId?: string;
  from?: Date;
  to?: Date;
}

/** Where an event stands in the trail. */
export interface AuditPosition {
  occurredAt: Date;
  id: string;
}

/** An event as it is shown; times as ISO 8601. */
export interface AuditView {
  id: string;
  occurredAt: string;
  actorId: string | null;
  actorEmail: string | null;
  apiKeyId: string | null;
  action: AuditAction;
  targetType: AuditTarget;
  targetId: string | null;
  jobId: string | null;
  before: JsonObject | null;
  after: JsonObject | null;
  requestId: string | null;
  address: string | null;
}

export interface AuditList {
  items: AuditView[];
  total: number;
  /** The last event of this page, or null where no other follows. */
  last: AuditPosition | null;
}

const EXPORT_BATCH = 500;

/** Reads the trail: all of it for admins; for others what concerns their own jobs and account. */
@Injectable()
export class FindAudit {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first: one page, and how many there are in all. */
  async list(
    actor: Actor,
    { page, limit, after, ...filter }: AuditFilter & { page: number; limit: number; after?: AuditPosition },
  ): Promise<AuditList> {
    const total = await this.#query(actor, filter).getCount();
    const query = this.#query(actor, filter);
    if (after) startAfter(query, after);
    else query.skip((page - 1) * limit);
    const found = await query.take(limit + 1).getMany();
    const events = found.slice(0, limit);
    return { items: events.map(view), total, last: found.length > limit ? (events.at(-1) ?? null) : null };
  }

  /**
   * All that fit, newest first, read in batches as they are asked for: as much memory for a million as for a thousand,
   * and no transaction that is held open. What is written meanwhile is not in it.
   */
  async *stream(actor: Actor, filter: AuditFilter): AsyncGenerator<AuditView> {
    let after: AuditPosition | undefined;
    do {
      const query = this.#query(actor, filter);
      if (after) startAfter(query, after);
      const events = await query.take(EXPORT_BATCH).getMany();
      yield* events.map(view);
      after = events.length === EXPORT_BATCH ? events.at(-1) : undefined;
    } while (after);
  }

  #query(asker: Actor, { actor, action, target, jobId, from, to }: AuditFilter) {
    const query = this.dataSource.manager
      .createQueryBuilder(AuditEventEntity, 'event')
      .orderBy('event.occurredAt', 'DESC')
      .addOrderBy('event.id', 'DESC');
    if (asker.role !== 'admin') query.andWhere('event.ownerId = :askerId', { askerId: asker.id });
    if (actor?.includes('@')) query.andWhere('event.actorEmail = :actor', { actor: actor.toLowerCase() });
    else if (actor) query.andWhere('event.actorId = :actor', { actor });
    if (action?.includes('.')) query.andWhere('event.action = :action', { action });
    else if (action) query.andWhere(`split_part(event.action, '.', 1) = :action`, { action });
    if (target) query.andWhere('event.targetId = :target', { target });
    if (jobId) query.andWhere('event.jobId = :jobId', { jobId });
    if (from) query.andWhere('event.occurredAt >= :from', { from });
    if (to) query.andWhere('event.occurredAt <= :to', { to });
    return query;
  }
}

function startAfter(query: SelectQueryBuilder<AuditEventEntity>, { occurredAt, id }: AuditPosition): void {
  query.andWhere('(event.occurredAt, event.id) < (:afterAt, :afterId)', { afterAt: occurredAt, afterId: id });
}

function view({ ownerId: _ownerId, occurredAt, ...event }: AuditEventEntity): AuditView {
  return { ...event, occurredAt: occurredAt.toISOString() };
}
