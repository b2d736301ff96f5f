import { groupBy, type JobType, type OverlapPolicy } from '#contracts';
import { partitionBounds, queryRows, type SqlRunner } from '#database';
import { cancelExecutions } from '../cancel/cancel-executions.js';
import { terminateExecutions } from '../cancel/terminate-executions.js';
import type { DueExecution } from '../create/insert-executions.js';
import { notPutOff } from '../dispatch/not-put-off.js';
import { countInLedger } from '../ledger-counts/ledger-counts.js';
import {
  type Buffered,
  type Candidate,
  decideOverlap,
  type Occupant,
  type OverlapDecision,
} from './decide-overlap.js';

interface JobRow {
  id: string;
  overlap_policy: OverlapPolicy;
  max_concurrency: number | null;
}

interface CandidateRow {
  id: string;
  job_id: string;
  scheduled_for: Date;
  status: string;
  overlap_policy: OverlapPolicy | null;
  is_backfill: boolean;
}

interface OtherRow {
  id: string;
  job_id: string;
  scheduled_for: Date;
  status: Occupant['status'] | 'scheduled';
  is_backfill: boolean;
}

/** An execution that will not run, or not yet. */
export interface HeldUp {
  id: string;
  jobId: string;
  status: 'skipped' | 'scheduled';
}

/** What is to be queued, and what was held up instead. */
export interface Judgement {
  admitted: DueExecution[];
  heldUp: HeldUp[];
}

/**
 * Applies the overlap policies to a wave of due executions: holds up those that may not start, ends those that must make
 * room. Decisions on one job take turns by its lock, so the rule holds whatever number of planners there is. Costs one
 * statement where no job of the wave cares.
 * @param runner a transaction
 */
export async function judgeOverlap(runner: SqlRunner, executions: DueExecution[]): Promise<Judgement> {
  const jobs = await queryRows<JobRow>(runner, LOCK_JOBS, [
    [...new Set(executions.map(({ jobId }) => jobId))],
    [...new Set(executions.filter(({ overlapPolicy }) => overlapPolicy).map(({ jobId }) => jobId))],
  ]);
  if (jobs.length === 0) return { admitted: executions, heldUp: [] };
  const judged = new Set(jobs.map(({ id }) => id));
  const [candidates, others] = await readSituation(runner, executions, judged);
  const admitted = new Set<string>();
  const heldUp: HeldUp[] = [];
  for (const job of jobs) {
    const decision = decideOverlap({
      rules: { policy: job.overlap_policy, maxConcurrency: job.max_concurrency },
      candidates: (candidates.get(job.id) ?? []).flatMap(toCandidate),
      occupants: (others.get(job.id) ?? []).flatMap(toOccupant),
      buffered: (others.get(job.id) ?? []).flatMap(toBuffered),
    });
    await apply(runner, decision);
    for (const id of decision.run) admitted.add(id);
    heldUp.push(...decision.skip.map((id): HeldUp => ({ id, jobId: job.id, status: 'skipped' })));
    heldUp.push(...decision.buffer.map((id): HeldUp => ({ id, jobId: job.id, status: 'scheduled' })));
  }
  return {
    admitted: executions.filter(({ id, jobId }) => !judged.has(jobId) || admitted.has(id)),
    heldUp,
  };
}

async function readSituation(runner: SqlRunner, executions: DueExecution[], judged: Set<string>) {
  const mine = executions.filter(({ jobId }) => judged.has(jobId));
  const candidates = await queryRows<CandidateRow>(runner, LOCK_CANDIDATES, [
    mine.map(({ id }) => id),
    ...partitionBounds(mine.map(({ scheduledFor }) => scheduledFor)),
    mine.map(({ dueAt }) => new Date(dueAt)),
  ]);
  const others = await queryRows<OtherRow>(runner, OTHERS, [[...judged]]);
  const byJob = ({ job_id }: { job_id: string }) => job_id;
  return [groupBy(candidates, byJob), groupBy(others, byJob)] as const;
}

async function apply(runner: SqlRunner, decision: OverlapDecision): Promise<void> {
  // Rows of one job are locked in the order of their ids, as every writer does.
  for (const executionId of decision.cancel.toSorted()) {
    await cancelExecutions(runner, { executionId }, 'overlap');
  }
  await terminateExecutions(runner, decision.terminate, 'overlap');
  if (decision.skip.length > 0) {
    const skipped = await queryRows<{ type: JobType }>(runner, SKIP, [decision.skip]);
    countInLedger(
      runner,
      skipped.map(({ type }) => ({ kind: 'execution', type, status: 'skipped', reason: 'overlap' })),
    );
  }
  if (decision.buffer.length > 0) await runner.query(BUFFER, [decision.buffer]);
}

function toCandidate(row: CandidateRow): Candidate[] {
  const { id, status, overlap_policy: overlapPolicy, is_backfill: isBackfill } = row;
  if (status !== 'scheduled' && status !== 'retrying') return [];
  return [{ id, status, overlapPolicy, isBackfill, scheduledFor: row.scheduled_for.getTime() }];
}

function toOccupant({ id, status, is_backfill: isBackfill }: OtherRow): Occupant[] {
  return status === 'scheduled' ? [] : [{ id, status, isBackfill }];
}

function toBuffered({ id, status, scheduled_for, is_backfill: isBackfill }: OtherRow): Buffered[] {
  return status === 'scheduled' ? [{ id, scheduledFor: scheduled_for.getTime(), isBackfill }] : [];
}

/** Of the jobs of a wave those whose policy looks at other executions. */
const LOCK_JOBS = `
  SELECT id, overlap_policy, max_concurrency FROM jobs
  WHERE id = ANY($1::uuid[])
    AND (overlap_policy <> 'allow_all' OR max_concurrency IS NOT NULL OR id = ANY($2::uuid[]))
  ORDER BY id FOR NO KEY UPDATE`;

const LOCK_CANDIDATES = `
  SELECT e.id, e.job_id, e.scheduled_for, e.status, e.overlap_policy, e.backfill_id IS NOT NULL AS is_backfill
  FROM executions e
  JOIN unnest($1::uuid[], $4::timestamptz[]) AS m(id, due_at) ON m.id = e.id AND ${notPutOff('e', 'm')}
  WHERE e.id = ANY($1::uuid[]) AND e.scheduled_for BETWEEN $2 AND $3
  ORDER BY e.id FOR UPDATE OF e SKIP LOCKED`;

const OTHERS = `
  SELECT id, job_id, scheduled_for, status, backfill_id IS NOT NULL AS is_backfill FROM executions
  WHERE job_id = ANY($1::uuid[]) AND status IN ('queued', 'running', 'retrying')
  UNION ALL
  SELECT id, job_id, scheduled_for, status, backfill_id IS NOT NULL AS is_backfill FROM executions
  WHERE job_id = ANY($1::uuid[]) AND status = 'scheduled' AND buffered_at IS NOT NULL`;

const SKIP = `
  UPDATE executions SET status = 'skipped', reason = 'overlap', finished_at = clock_timestamp()
  WHERE id = ANY($1::uuid[])
  RETURNING type`;

const BUFFER = `
  UPDATE executions SET buffered_at = clock_timestamp() WHERE id = ANY($1::uuid[]) AND buffered_at IS NULL`;
