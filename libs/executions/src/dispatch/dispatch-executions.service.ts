import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { groupBy } from '#contracts';
import { partitionBounds, queryRows } from '#database';
import { ExecutionQueues } from '#queue';
import { ChangePublisher } from '../changes/change-publisher.service.js';
import type { DueExecution } from '../create/insert-executions.js';
import { type DueRow, toDueExecution } from './find-due-executions.js';
import { chunkMessages, messageFor, newMessageId } from './chunk-messages.js';

interface DispatchedRow {
  id: string;
  job_id: string;
  status: 'queued' | 'skipped';
  message_id: string | null;
}

/** What became of a wave of executions whose moment had come. */
export interface DispatchReport {
  queued: number;
  /** Not run because an earlier execution of the job is not over. */
  skipped: number;
}

/**
 * Moves executions from `scheduled` or `retrying` to `queued` and hands them to the queue. The row changes first and
 * only if it still waits, so a pause, an edit or a cancel in between wins, and of two planners one does. Should the
 * queue be away, the rows stay `queued` and the reconciler dispatches them again.
 */
@Injectable()
export class DispatchExecutions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: ExecutionQueues,
    private readonly changes: ChangePublisher,
  ) {}

  /** @throws when the database or the queue is away; nothing is lost by it */
  async dispatch(executions: DueExecution[]): Promise<DispatchReport> {
    const chunks = chunkMessages(executions);
    const rows = await this.#markQueued(chunks);
    const queuedIds = new Set(rows.filter(({ status }) => status === 'queued').map(({ id }) => id));
    const messages = chunks
      .map(({ message, executions: chunk }) => ({
        message,
        left: chunk.filter(({ id }) => queuedIds.has(id)),
      }))
      .filter(({ left }) => left.length > 0)
      .map(({ message, left }) => messageFor(left, message.id));
    await this.queues.add(messages);
    this.changes.publish(
      rows.map(({ id, job_id, status }) => ({ kind: 'execution', id, jobId: job_id, status })),
    );
    return { queued: queuedIds.size, skipped: rows.length - queuedIds.size };
  }

  /**
   * Sends executions that are `queued` under `messageId` again, under a new one: their message is lost, or its
   * worker has no room for them. Does nothing for those that have moved on.
   */
  async redispatch(executionIds: string[], messageId: string): Promise<number> {
    const id = newMessageId();
    const rows = await queryRows<DueRow>(this.dataSource, REDISPATCH, [executionIds, messageId, id]);
    if (rows.length > 0) await this.queues.add([messageFor(rows.map(toDueExecution), id)]);
    return rows.length;
  }

  async #markQueued(chunks: ReturnType<typeof chunkMessages>): Promise<DispatchedRow[]> {
    const input = chunks.flatMap(({ message, executions }) =>
      executions.map(({ id, jobId, scheduledFor }) => ({ id, jobId, scheduledFor, messageId: message.id })),
    );
    const jobIds = [...groupBy(input, ({ jobId }) => jobId).keys()];
    return this.dataSource.transaction(async (manager) => {
      // Decisions on one job take turns; the statement after this one sees what the turn before decided.
      const exclusive = await queryRows<{ id: string }>(manager, LOCK_JOBS, [jobIds]);
      const occupied =
        exclusive.length === 0
          ? []
          : await queryRows<{ job_id: string }>(manager, OCCUPIED, [exclusive.map(({ id }) => id)]);
      return queryRows<DispatchedRow>(manager, MARK_QUEUED, [
        input.map(({ id }) => id),
        input.map(({ messageId }) => messageId),
        ...partitionBounds(input.map(({ scheduledFor }) => scheduledFor)),
        occupied.map(({ job_id }) => job_id),
      ]);
    });
  }
}

const LOCK_JOBS = `
  SELECT id FROM jobs WHERE id = ANY($1::uuid[]) AND overlap_policy <> 'allow_all'
  ORDER BY id FOR NO KEY UPDATE`;

/** Looks into every partition, so it is asked only of jobs that care. */
const OCCUPIED = `
  SELECT DISTINCT job_id FROM executions
  WHERE job_id = ANY($1::uuid[]) AND status IN ('queued', 'running', 'retrying')`;

/** Rows are found by id and judged by status only when they are locked, as in a claim. */
const MARK_QUEUED = `
  WITH locked AS MATERIALIZED (
    SELECT id, scheduled_for, job_id, status, overlap_policy FROM executions
    WHERE id = ANY($1::uuid[]) AND scheduled_for BETWEEN $3 AND $4
    ORDER BY id
    FOR UPDATE SKIP LOCKED
  ), candidates AS (
    SELECT l.id, l.scheduled_for, l.job_id, m.message_id,
      l.status = 'scheduled' AND coalesce(l.overlap_policy, j.overlap_policy) = 'skip' AS is_exclusive
    FROM locked l
    JOIN unnest($1::uuid[], $2::text[]) AS m(id, message_id) ON m.id = l.id
    JOIN jobs j ON j.id = l.job_id
    WHERE l.status IN ('scheduled', 'retrying')
  ), judged AS (
    SELECT c.*, c.is_exclusive AND (
      row_number() OVER (PARTITION BY c.job_id ORDER BY c.scheduled_for, c.id) > 1
      OR c.job_id = ANY($5::uuid[])) AS is_blocked
    FROM candidates c
  )
  UPDATE executions e SET
    status = CASE WHEN is_blocked THEN 'skipped' ELSE 'queued' END,
    reason = CASE WHEN is_blocked THEN 'overlap' ELSE e.reason END,
    message_id = CASE WHEN is_blocked THEN NULL ELSE d.message_id END,
    queued_at = CASE WHEN is_blocked THEN e.queued_at ELSE clock_timestamp() END,
    finished_at = CASE WHEN is_blocked THEN clock_timestamp() END
  FROM judged d
  WHERE e.id = d.id AND e.scheduled_for = d.scheduled_for AND e.scheduled_for BETWEEN $3 AND $4
  RETURNING e.id, e.job_id, e.status, e.message_id`;

const REDISPATCH = `
  WITH locked AS MATERIALIZED (
    SELECT id, scheduled_for, status, message_id FROM executions WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE
  )
  UPDATE executions e SET message_id = $3, queued_at = clock_timestamp()
  FROM locked l
  WHERE l.status = 'queued' AND l.message_id = $2 AND e.id = l.id AND e.scheduled_for = l.scheduled_for
  RETURNING e.id, e.job_id, e.type, e.priority, e.scheduled_for, e.due_at`;
