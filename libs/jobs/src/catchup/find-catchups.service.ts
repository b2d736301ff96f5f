import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobStatus, MisfirePolicy } from '#contracts';
import { queryRows } from '#database';
import { heldSql } from './held.js';

/** The misfires of one job that wait for a review, as an administrator sees them: times as ISO 8601. */
export interface CatchupView {
  reviewId: string;
  jobId: string;
  jobName: string;
  jobStatus: JobStatus;
  ownerId: string;
  ownerEmail: string;
  misfirePolicy: MisfirePolicy;
  /** The nominal times that passed while nothing ran, whatever the policy says of them. */
  misfires: number;
  /** The first and last of them. */
  from: string;
  to: string;
  /** How many the policy would run, and the first and last of those. */
  held: number;
  heldFrom: string;
  heldTo: string;
  openedAt: string;
}

export interface CatchupFilter {
  page: number;
  limit: number;
  /** Of one job only. */
  jobId?: string;
  /** Starts after the review of this id instead of at `page`. */
  afterId?: string;
}

export interface CatchupList {
  items: CatchupView[];
  /** How many such jobs there are in all, whatever the page. */
  total: number;
  /** The review of the last job of this page, or null where no other follows. */
  lastId: string | null;
}

/** What waits for a review, oldest review first. Whether the reader may is the caller's question: it is for administrators. */
@Injectable()
export class FindCatchups {
  constructor(private readonly dataSource: DataSource) {}

  async list({ page, limit, jobId, afterId }: CatchupFilter): Promise<CatchupList> {
    const [count] = await queryRows<{ total: number }>(this.dataSource, TOTAL, [jobId ?? null]);
    const rows = await queryRows<CatchupView>(this.dataSource, LIST, [
      jobId ?? null,
      afterId ?? null,
      limit + 1,
      afterId === undefined ? (page - 1) * limit : 0,
    ]);
    const items = rows.slice(0, limit);
    return {
      items,
      total: count?.total ?? 0,
      lastId: rows.length > limit ? (items.at(-1)?.reviewId ?? null) : null,
    };
  }
}

const ISO = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const OPEN = `
  FROM catchup_reviews r
  JOIN jobs j ON j.id = r.job_id
  JOIN users u ON u.id = j.owner_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, min(e.scheduled_for) AS first, max(e.scheduled_for) AS last FROM executions e
    WHERE e.job_id = r.job_id AND ${heldSql('e')}
  ) h
  WHERE r.status = 'open' AND ($1::uuid IS NULL OR r.job_id = $1) AND h.count > 0`;

const TOTAL = `SELECT count(*)::int AS total ${OPEN}`;

const LIST = `
  SELECT r.id AS "reviewId", j.id AS "jobId", j.name AS "jobName", j.status AS "jobStatus", u.id AS "ownerId",
    u.email AS "ownerEmail", j.misfire_policy AS "misfirePolicy", r.misfires, ${ISO('r.from_at')} AS "from",
    ${ISO('r.to_at')} AS "to", h.count AS held, ${ISO('h.first')} AS "heldFrom", ${ISO('h.last')} AS "heldTo",
    ${ISO('r.opened_at')} AS "openedAt"
  ${OPEN} AND ($2::uuid IS NULL OR r.id > $2)
  ORDER BY r.id LIMIT $3 OFFSET $4`;
