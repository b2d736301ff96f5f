import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type ExecutionStatus, isLive } from '#contracts';
import { partitionBounds, queryRows, type SqlRunner, wakePlanners } from '#database';
import { NotificationOutbox } from '#notifications';
import type { Change } from '../changes/change.js';
import { ChangePublisher } from '../changes/change-publisher.service.js';
import { MicroBatcher } from '../micro-batcher.js';
import { concludeOneOffJobs, lockJobs } from './conclude-one-off-jobs.js';
import type { Settlement } from './settlement.js';

/** The end of one attempt, ready to be written. */
export interface SettleRequest {
  id: string;
  jobId: string;
  scheduledFor: Date;
  fence: number;
  /** Does the job end with this execution? */
  isOneOff: boolean;
  /** May executions of the job, or jobs that run after it, wait for the end of this one? Planners are told of it then. */
  isAwaited: boolean;
  /** May somebody have to be told of its end? Otherwise the outbox is not asked. */
  isWatched: boolean;
  settlement: Settlement;
}

interface SettledRow {
  id: string;
  job_id: string;
  status: ExecutionStatus;
}

/**
 * Writes how attempts ended: the execution, the attempt's record, the retry's due time, for a job that runs once
 * the job, and for a watched one the outbox - in one transaction, several attempts to a statement. Only the holder of
 * the current fence can: the result of an execution is recorded exactly once.
 */
@Injectable()
export class SettleExecutions {
  readonly #batcher = new MicroBatcher<SettleRequest, ExecutionStatus | undefined>({
    maxWaitMs: 2,
    maxItems: 200,
    maxInFlight: 2,
    flush: (requests) => this.settleAll(requests),
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangePublisher,
    private readonly outbox: NotificationOutbox,
  ) {}

  /** @returns the status the execution now has, or undefined where the fence was stale and nothing changed */
  settle(request: SettleRequest): Promise<ExecutionStatus | undefined> {
    return this.#batcher.add(request);
  }

  /**
   * Settles at once, in the order given.
   * @param options.onlyExpired leaves alone what has been renewed since it was found expired
   */
  async settleAll(
    requests: SettleRequest[],
    options: { onlyExpired?: boolean } = {},
  ): Promise<(ExecutionStatus | undefined)[]> {
    if (requests.length === 0) return [];
    const oneOffJobIds = requests.filter(({ isOneOff }) => isOneOff).map(({ jobId }) => jobId);
    const watched = requests.filter(({ isWatched, settlement }) => isWatched && !isLive(settlement.status));
    const isWaking = requests.some(
      ({ isAwaited, settlement }) => isDueSoon(settlement) || (isAwaited && !isLive(settlement.status)),
    );
    const write = (runner: SqlRunner) =>
      queryRows<SettledRow>(runner, SETTLE, [
        JSON.stringify(requests.map(toRow)),
        options.onlyExpired ?? false,
        ...partitionBounds(requests.map(({ scheduledFor }) => scheduledFor.getTime())),
        requests.map(({ id }) => id),
      ]);
    let concluded: Change[] = [];
    // A statement alone is its own transaction, and three round trips less.
    const rows =
      oneOffJobIds.length === 0 && watched.length === 0 && !isWaking
        ? await write(this.dataSource)
        : await this.dataSource.transaction(async (manager) => {
            await lockJobs(manager, oneOffJobIds);
            const settled = await write(manager);
            concluded = await concludeOneOffJobs(manager, endedOf(settled, new Set(oneOffJobIds)));
            await this.outbox.record(manager, takenOf(watched, settled));
            if (isWaking) await wakePlanners(manager);
            return settled;
          });
    this.changes.publish([...rows.map(toChange), ...concluded]);
    const statuses = new Map(rows.map(({ id, status }) => [id, status]));
    return requests.map(({ id }) => statuses.get(id));
  }
}

function endedOf(settled: SettledRow[], jobIds: Set<string>): { jobId: string; status: string }[] {
  return settled
    .filter(({ job_id, status }) => jobIds.has(job_id) && !isLive(status))
    .map(({ job_id, status }) => ({ jobId: job_id, status }));
}

function toChange({ id, job_id, status }: SettledRow): Change {
  return { kind: 'execution', id, jobId: job_id, status };
}

/** Those whose fence held: the end of the others is not theirs to tell. */
function takenOf(requests: SettleRequest[], settled: SettledRow[]): SettleRequest[] {
  const ids = new Set(settled.map(({ id }) => id));
  return requests.filter(({ id }) => ids.has(id));
}

/** A retry due before planners would look by themselves. */
function isDueSoon({ dueInMs }: Settlement): boolean {
  return dueInMs !== null && dueInMs < 1_000;
}

function toRow({ id, scheduledFor, fence, settlement }: SettleRequest) {
  return {
    id,
    scheduled_for: scheduledFor,
    fence,
    status: settlement.status,
    due_in_ms: settlement.dueInMs,
    attempt_status: settlement.attemptStatus,
    result: settlement.result,
    error: settlement.error,
  };
}

/**
 * A retry that was to follow a cancel request does not: the execution ends as cancelled, and so does its attempt where
 * nothing else was to be said of it.
 */
const SETTLE = `
  WITH input AS (
    SELECT * FROM json_to_recordset($1) AS i(id uuid, scheduled_for timestamptz, fence int, status text,
      due_in_ms float8, attempt_status text, result jsonb, error jsonb)
  ), locked AS MATERIALIZED (
    SELECT id, scheduled_for, status, fence, lease_until, cancel_requested_at FROM executions
    WHERE id = ANY($5::uuid[]) AND scheduled_for BETWEEN $3 AND $4
    ORDER BY id
    FOR UPDATE
  ), held AS (
    SELECT l.id, l.scheduled_for, i.due_in_ms, i.result, i.error,
      CASE WHEN c.is_cancelled THEN 'cancelled' ELSE i.status END AS status,
      CASE WHEN c.is_cancelled THEN coalesce(i.attempt_status, 'cancelled') ELSE i.attempt_status END AS attempt_status
    FROM locked l
    JOIN input i ON l.id = i.id AND l.scheduled_for = i.scheduled_for AND l.fence = i.fence
    CROSS JOIN LATERAL (
      SELECT i.status = 'retrying' AND l.cancel_requested_at IS NOT NULL AS is_cancelled
    ) c
    WHERE l.status = 'running' AND (NOT $2 OR l.lease_until < clock_timestamp())
  ), settled AS (
    UPDATE executions e SET
      status = h.status,
      reason = CASE WHEN h.status = 'cancelled' THEN coalesce(e.reason, 'cancelled_by_user') END,
      attempt = CASE WHEN h.attempt_status IS NULL THEN e.attempt - 1 ELSE e.attempt END,
      due_at = CASE WHEN h.status = 'retrying' THEN clock_timestamp() + h.due_in_ms * interval '1 ms' ELSE e.due_at END,
      finished_at = CASE WHEN h.status <> 'retrying' THEN clock_timestamp() END,
      lease_until = NULL,
      result = h.result,
      error = h.error
    FROM held h
    WHERE e.id = h.id AND e.scheduled_for = h.scheduled_for AND e.scheduled_for BETWEEN $3 AND $4
    RETURNING e.id, e.job_id, e.scheduled_for, e.status, e.attempt, e.worker_id, e.attempt_started_at,
      h.attempt_status, e.error
  ), recorded AS (
    INSERT INTO execution_attempts (execution_id, scheduled_for, attempt, status, worker_id, started_at, finished_at, error)
    SELECT id, scheduled_for, attempt, attempt_status, worker_id, attempt_started_at, clock_timestamp(), error
    FROM settled WHERE attempt_status IS NOT NULL
  )
  SELECT id, job_id, status FROM settled`;
