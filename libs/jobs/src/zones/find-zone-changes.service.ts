import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '#contracts';
import { queryRows } from '#database';

/** A schedule with runs to come at other times than thought, because the zone data changed. */
export interface ZoneChangeView {
  id: string;
  jobId: string;
  jobName: string;
  timezone: string;
  /** When the new zone data were taken up. */
  notedAt: string;
  before: ZoneChangeSide;
  after: ZoneChangeSide;
}

export interface ZoneChangeSide {
  /** Version of the zone data, e.g. `2026a`. */
  zoneData: string;
  /** The next nominal time when the schedule was looked at; the same on both sides where a later one is the first to move. */
  nextRunAt: string | null;
  /** The first run that moved; null where it does not run by these data. */
  firstMoved: { at: string; localTime: string } | null;
}

export interface ZoneChangeFilter {
  jobId?: string;
  timezone?: string;
  page: number;
  limit: number;
  /** Starts after this one instead of at `page`. */
  afterId?: string;
}

export interface ZoneChangeList {
  items: ZoneChangeView[];
  total: number;
  lastId: string | null;
}

interface Row {
  id: string;
  job_id: string;
  job_name: string;
  timezone: string;
  adopted_at: Date;
  version_before: string;
  version_after: string;
  next_run_before: Date;
  next_run_after: Date | null;
  moved_from: Date | null;
  moved_from_local: string | null;
  moved_to: Date | null;
  moved_to_local: string | null;
}

/** Which schedules new zone data moved. */
@Injectable()
export class FindZoneChanges {
  constructor(private readonly dataSource: DataSource) {}

  /** Of the jobs the actor may see, newest first. What differs only in the past is not told. */
  async list(actor: Actor, { page, limit, afterId, ...filter }: ZoneChangeFilter): Promise<ZoneChangeList> {
    const owner = actor.role === 'admin' ? null : actor.id;
    const matching = [owner, filter.jobId ?? null, filter.timezone ?? null];
    const [counted] = await queryRows<{ total: number }>(
      this.dataSource,
      `SELECT count(*)::int AS total FROM ${MATCHING}`,
      matching,
    );
    const offset = afterId === undefined ? (page - 1) * limit : 0;
    const found = await queryRows<Row>(this.dataSource, PAGE, [
      ...matching,
      afterId ?? null,
      limit + 1,
      offset,
    ]);
    const rows = found.slice(0, limit);
    return {
      items: rows.map(viewOf),
      total: counted?.total ?? 0,
      lastId: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    };
  }
}

function viewOf(row: Row): ZoneChangeView {
  return {
    id: row.id,
    jobId: row.job_id,
    jobName: row.job_name,
    timezone: row.timezone,
    notedAt: row.adopted_at.toISOString(),
    before: {
      zoneData: row.version_before,
      nextRunAt: row.next_run_before.toISOString(),
      firstMoved: momentOf(row.moved_from, row.moved_from_local),
    },
    after: {
      zoneData: row.version_after,
      nextRunAt: row.next_run_after?.toISOString() ?? null,
      firstMoved: momentOf(row.moved_to, row.moved_to_local),
    },
  };
}

function momentOf(at: Date | null, localTime: string | null): ZoneChangeSide['firstMoved'] {
  return at && { at: at.toISOString(), localTime: localTime ?? '' };
}

const MATCHING = `
  zone_changes c JOIN jobs j ON j.id = c.job_id
  WHERE j.deleted_at IS NULL AND coalesce(c.moved_from, c.moved_to) IS NOT NULL
    AND ($1::uuid IS NULL OR j.owner_id = $1) AND ($2::uuid IS NULL OR c.job_id = $2)
    AND ($3::text IS NULL OR c.timezone = $3)`;

const PAGE = `
  SELECT c.*, j.name AS job_name FROM ${MATCHING} AND ($4::uuid IS NULL OR c.id < $4)
  ORDER BY c.id DESC LIMIT $5 OFFSET $6`;
