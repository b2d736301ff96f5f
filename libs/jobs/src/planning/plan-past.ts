import type { EntityManager } from 'typeorm';
import type { ChronosConfig } from '#config';
import type { GapReason } from '#contracts';
import { queryRows } from '#database';
import type { JobEntity } from '../entities/job.entity.js';
import { factsOf } from './plan-facts.js';
import { planJob, PLANNED_JOB_COLUMNS, type PlannedJobRow } from './planned-job.js';
import { writePlans } from './write-plans.js';

/**
 * Plans what has come due of a job up to `now` and not yet reached a planner, as one would. The job must be locked and
 * stored as it is to be planned; its row is moved on, `job` is not.
 */
export async function planPast(
  manager: EntityManager,
  job: JobEntity,
  { misfireThresholdMs, catchupPerSecond, catchupReviewAfterMs }: ChronosConfig['jobs'],
  now: number,
  gapReason?: GapReason,
): Promise<void> {
  const rows = await queryRows<PlannedJobRow>(
    manager,
    `SELECT ${PLANNED_JOB_COLUMNS} FROM jobs WHERE id = $1`,
    [job.id],
  );
  const facts = await factsOf(manager, rows);
  // Whoever has a pause caught up with has decided already.
  const reviewAfterMs = gapReason === 'paused' ? 0 : catchupReviewAfterMs;
  const rules = { lookaheadMs: 0, misfireThresholdMs, gapReason, reviewAfterMs };
  const planned = rows.map((row) => planJob({ ...row, now: new Date(now) }, rules, facts(row)));
  await writePlans(manager, planned, catchupPerSecond);
}
