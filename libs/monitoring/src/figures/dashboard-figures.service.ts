import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { type Actor, JOB_STATUSES, JOB_TYPES, type JobStatus, type JobType } from '#contracts';
import { queryRows } from '#database';
import {
  ATTENTION,
  CATCHUP,
  DAY,
  JOBS,
  PAUSED,
  PERCENTILE,
  RUNNING,
  TREND,
  UPCOMING,
} from './dashboard-sql.js';
import type {
  AttentionFigures,
  CatchupFigures,
  DashboardFigures,
  DayFigures,
  PauseFigures,
  TrendFigures,
  UpcomingRun,
} from './dashboard-figures.js';

/** Everybody who looks within this time sees the same figures: a hundred open dashboards ask the database once. */
const FRESH_MS = 2_000;
const SCOPES_KEPT = 500;

/** Above so many executions the percentile is that of a sample of about this size. */
const SAMPLE_SIZE = 100_000;
const DAY_MS = 86_400_000;

/**
 * The figures a dashboard opens with, for the jobs the actor may see; an admin sees all. Executions count by their
 * nominal time, as the ledger has them. Computed in SQL from what is stored: no counter that could drift. At most
 * two seconds old.
 */
@Injectable()
export class DashboardFiguresService {
  readonly #fresh = new LRUCache<string, Promise<DashboardFigures>>({ max: SCOPES_KEPT, ttl: FRESH_MS });

  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param days how many days, today included, the trend tells of and failures ask for attention
   * @throws what the database throws
   */
  async of(actor: Actor, days: number): Promise<DashboardFigures> {
    const owner = actor.role === 'admin' ? null : actor.id;
    const key = `${owner ?? 'all'}:${days}`;
    let figures = this.#fresh.get(key);
    if (!figures) {
      figures = this.#compute(owner, days);
      this.#fresh.set(key, figures);
      figures.catch(() => this.#fresh.delete(key));
    }
    return figures;
  }

  /** One statement after the other, on one connection: a dashboard must not take the pool from those who work. */
  async #compute(owner: string | null, days: number): Promise<DashboardFigures> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const jobs = await queryRows<{ status: JobStatus; type: JobType; count: number }>(
        runner,
        JOBS(owner),
        scope(owner),
      );
      const [day] = await queryRows<DayRow>(runner, DAY(owner), scope(owner));
      const [percentile] = await queryRows<{ p95DurationMs: number | null }>(runner, PERCENTILE(owner), [
        ...scope(owner),
        sampleShare(day?.total ?? 0),
      ]);
      const [running] = await queryRows<{ count: number }>(runner, RUNNING(owner), scope(owner));
      const [paused = null] = await queryRows<PauseFigures>(runner, PAUSED);
      const [catchup = { jobs: 0, executions: 0 }] = await queryRows<CatchupFigures>(
        runner,
        CATCHUP(owner),
        scope(owner),
      );
      const upcoming = await queryRows<UpcomingRun>(runner, UPCOMING(owner), scope(owner));
      const attention = await queryRows<AttentionFigures>(runner, ATTENTION(owner), [...scope(owner), days]);
      const trend = await queryRows<TrendFigures>(runner, TREND(owner), [...scope(owner), days]);
      return {
        jobs: jobFigures(jobs),
        executions24h: dayFigures(day, percentile?.p95DurationMs ?? null, running?.count ?? 0),
        paused,
        catchup,
        upcoming,
        attention,
        trend: eachDay(trend, days),
      };
    } finally {
      await runner.release();
    }
  }
}

interface DayRow {
  total: number;
  completed: number;
  failed: number;
  avgDurationMs: number | null;
}

function scope(owner: string | null): string[] {
  return owner === null ? [] : [owner];
}

function jobFigures(rows: { status: JobStatus; type: JobType; count: number }[]): DashboardFigures['jobs'] {
  const sum = (matching: typeof rows) => matching.reduce((total, { count }) => total + count, 0);
  return {
    total: sum(rows),
    byStatus: Object.fromEntries(
      JOB_STATUSES.map((status) => [status, sum(rows.filter((row) => row.status === status))]),
    ) as Record<JobStatus, number>,
    byType: Object.fromEntries(
      JOB_TYPES.map((type) => [type, sum(rows.filter((row) => row.type === type))]),
    ) as Record<JobType, number>,
  };
}

function dayFigures(row: DayRow | undefined, p95DurationMs: number | null, running: number): DayFigures {
  const { total = 0, completed = 0, failed = 0, avgDurationMs = null } = row ?? {};
  const ended = completed + failed;
  return {
    total,
    completed,
    failed,
    running,
    successRate: ended === 0 ? null : completed / ended,
    failureRate: ended === 0 ? null : failed / ended,
    avgDurationMs,
    p95DurationMs,
  };
}

/** In 1024ths; 1024 of a number that is not large: all. */
function sampleShare(total: number): number {
  return total <= SAMPLE_SIZE ? 1_024 : Math.ceil((SAMPLE_SIZE / total) * 1_024);
}

/** Days on which nothing was due are there too, as zeros. */
function eachDay(rows: TrendFigures[], days: number): TrendFigures[] {
  const byDate = new Map(rows.map((row) => [row.date, row]));
  const today = Date.now();
  return Array.from({ length: days }, (_, index) => {
    const date = new Date(today - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return byDate.get(date) ?? { date, completed: 0, failed: 0 };
  });
}
