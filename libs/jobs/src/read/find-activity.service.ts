import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor, ExecutionStatus } from '#contracts';
import { queryRows } from '#database';

/** How one of a job's latest executions ended, or stands. Durations in milliseconds. */
export interface RecentRun {
  executionId: string;
  scheduledFor: string;
  status: ExecutionStatus;
  durationMs: number | null;
  latenessMs: number | null;
}

export interface JobActivity {
  jobId: string;
  /** Oldest first. */
  recent: RecentRun[];
  /** The median duration of those of them that completed; null where none did. */
  p50DurationMs: number | null;
}

/** How many executions of a job its activity tells of. */
export const RECENT_RUNS = 20;

/** The latest executions of several jobs at a glance. */
@Injectable()
export class FindActivity {
  constructor(private readonly dataSource: DataSource) {}

  /** One entry for each of `jobIds` that the actor may see, in no order. */
  async of(actor: Actor, jobIds: string[]): Promise<JobActivity[]> {
    const rows = await queryRows<RecentRow>(this.dataSource, RECENT, [
      jobIds,
      actor.role === 'admin' ? null : actor.id,
    ]);
    const activities = new Map<string, JobActivity>();
    for (const row of rows) {
      const activity = activities.get(row.job_id) ?? { jobId: row.job_id, recent: [], p50DurationMs: null };
      activities.set(row.job_id, activity);
      if (row.id !== null) activity.recent.push(recentRun(row));
    }
    for (const activity of activities.values()) activity.p50DurationMs = medianDuration(activity.recent);
    return [...activities.values()];
  }
}

type RecentRow = { job_id: string } & (
  | { id: null }
  | {
      id: string;
      scheduled_for: Date;
      effective_at: Date;
      status: ExecutionStatus;
      started_at: Date | null;
      finished_at: Date | null;
    }
);

function recentRun({
  id,
  scheduled_for,
  effective_at,
  status,
  started_at,
  finished_at,
}: Extract<RecentRow, { id: string }>): RecentRun {
  return {
    executionId: id,
    scheduledFor: scheduled_for.toISOString(),
    status,
    durationMs: started_at && finished_at && finished_at.getTime() - started_at.getTime(),
    latenessMs: started_at && started_at.getTime() - effective_at.getTime(),
  };
}

function medianDuration(runs: RecentRun[]): number | null {
  const durations = runs
    .flatMap(({ status, durationMs }) => (status === 'completed' && durationMs !== null ? [durationMs] : []))
    .toSorted((a, b) => a - b);
  return durations[Math.floor((durations.length - 1) / 2)] ?? null;
}

const RECENT = `
  SELECT j.id AS job_id, e.* FROM jobs j
  LEFT JOIN LATERAL (
    SELECT id, scheduled_for, effective_at, status, started_at, finished_at FROM executions
    WHERE job_id = j.id AND status <> 'scheduled' ORDER BY scheduled_for DESC, id DESC LIMIT ${RECENT_RUNS}
  ) e ON TRUE
  WHERE j.id = ANY($1) AND j.deleted_at IS NULL AND ($2::uuid IS NULL OR j.owner_id = $2)
  ORDER BY e.scheduled_for, e.id`;
