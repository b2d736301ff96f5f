import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChronosConfig } from '#config';
import type { JobType, JsonObject } from '#contracts';
import { partitionBounds, queryRows } from '#database';
import { ChangePublisher } from '../changes/change-publisher.service.js';
import { MicroBatcher } from '../micro-batcher.js';
import { SYSTEM_HELD } from '../system-pause/is-system-held.js';
import { WorkerIdentity } from '../workers/worker-identity.js';
import type { ClaimedExecution } from './claimed-execution.js';

/** The ids of one message to claim, with the range their nominal times lie in (epoch milliseconds). */
export interface ClaimRequest {
  executionIds: string[];
  scheduledFrom: number;
  scheduledTo: number;
}

interface ClaimedRow {
  id: string;
  job_id: string;
  type: JobType;
  scheduled_for: Date;
  attempt: number;
  max_attempts: number;
  fence: number;
  job_version: number;
  payload_override: JsonObject | null;
  effective_at: Date;
  attempt_started_at: Date;
  is_backfill: boolean;
  is_followed: boolean;
  parent_ids: string[] | null;
}

/**
 * Takes executions for one worker: `queued` becomes `running` under a new fence and a lease. No row, no run: an id
 * that is not `queued` any more came with a harmless duplicate of its message. Claims of several messages share a
 * statement.
 */
@Injectable()
export class ClaimExecutions {
  readonly #batcher = new MicroBatcher<ClaimRequest, ClaimedExecution[]>({
    maxWaitMs: 1,
    maxItems: 20,
    maxInFlight: 2,
    flush: (requests) => this.#claimAll(requests),
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly config: ChronosConfig,
    private readonly worker: WorkerIdentity,
    private readonly changes: ChangePublisher,
  ) {}

  claim(request: ClaimRequest): Promise<ClaimedExecution[]> {
    return this.#batcher.add(request);
  }

  async #claimAll(requests: ClaimRequest[]): Promise<ClaimedExecution[][]> {
    const rows = await queryRows<ClaimedRow>(this.dataSource, CLAIM, [
      requests.flatMap(({ executionIds }) => executionIds),
      ...partitionBounds(requests.flatMap(({ scheduledFrom, scheduledTo }) => [scheduledFrom, scheduledTo])),
      this.worker.id,
      this.config.worker.leaseMs,
    ]);
    this.changes.publish(
      rows.map(({ id, job_id }) => ({ kind: 'execution', id, jobId: job_id, status: 'running' })),
    );
    const claimed = new Map(rows.map((row) => [row.id, toClaimed(row)]));
    return requests.map(({ executionIds }) =>
      executionIds.map((id) => claimed.get(id)).filter((execution) => execution !== undefined),
    );
  }
}

function toClaimed(row: ClaimedRow): ClaimedExecution {
  return {
    id: row.id,
    jobId: row.job_id,
    type: row.type,
    scheduledFor: row.scheduled_for,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    fence: row.fence,
    jobVersion: row.job_version,
    payloadOverride: row.payload_override,
    effectiveAt: row.effective_at,
    startedAt: row.attempt_started_at,
    isBackfill: row.is_backfill,
    isFollowed: row.is_followed,
    parentIds: row.parent_ids ?? [],
  };
}

/**
 * Rows are found by id and judged by status only when they are locked: PostgreSQL would otherwise read the whole
 * backlog by the partial index of its status. A locked row is waited for: a second planner, too late to dispatch it,
 * holds it for a moment, and one passed over would lie queued until the reconciler misses its message. An execution
 * that has not begun takes the job as it is now; one that has keeps what it began with. While everything is paused the
 * executions go back to waiting, and their message is done with.
 */
const CLAIM = `
  WITH picked AS MATERIALIZED (
    SELECT id, scheduled_for, status FROM executions
    WHERE id = ANY($1::uuid[]) AND scheduled_for BETWEEN $2 AND $3
    ORDER BY id
    FOR UPDATE
  ), held AS MATERIALIZED (
    SELECT ${SYSTEM_HELD} AS is_held
  ), handed_back AS (
    UPDATE executions e SET
      status = CASE WHEN e.started_at IS NULL THEN 'scheduled' ELSE 'retrying' END,
      queued_at = NULL,
      message_id = NULL
    FROM picked p, held h
    WHERE h.is_held AND p.status = 'queued' AND e.id = p.id AND e.scheduled_for = p.scheduled_for
      AND e.scheduled_for BETWEEN $2 AND $3
  )
  UPDATE executions e SET
    status = 'running',
    fence = e.fence + 1,
    attempt = e.attempt + 1,
    max_attempts = CASE WHEN e.job_version IS NULL THEN j.max_retries + 1 ELSE e.max_attempts END,
    job_version = coalesce(e.job_version, j.version),
    worker_id = $4,
    lease_until = clock_timestamp() + $5 * interval '1 ms',
    started_at = coalesce(e.started_at, clock_timestamp()),
    attempt_started_at = clock_timestamp(),
    message_id = NULL
  FROM picked p, held h, jobs j
  WHERE NOT h.is_held AND p.status = 'queued' AND e.id = p.id AND e.scheduled_for = p.scheduled_for
    AND e.scheduled_for BETWEEN $2 AND $3 AND j.id = e.job_id
  RETURNING e.id, e.job_id, e.type, e.scheduled_for, e.attempt, e.max_attempts, e.fence, e.job_version,
    e.payload_override, e.effective_at, e.attempt_started_at, e.backfill_id IS NOT NULL AS is_backfill,
    e.chain_at IS NOT NULL AS is_followed, e.parent_ids`;
