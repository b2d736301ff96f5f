import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { partitionBounds, queryRows } from '#database';
import { ExecutionQueues } from '#queue';
import type { Change } from '../changes/change.js';
import { ChangePublisher } from '../changes/change-publisher.service.js';
import type { DueExecution } from '../create/insert-executions.js';
import { isSystemHeld } from '../system-pause/is-system-held.js';
import { judgeOverlap } from '../overlap/judge-overlap.js';
import { type DueRow, toDueExecution } from './find-due-executions.js';
import { notPutOff } from './not-put-off.js';
import { chunkMessages, messageFor, newMessageId } from './chunk-messages.js';

interface QueuedRow {
  id: string;
  job_id: string;
}

/** What became of a wave of executions whose moment had come. */
export interface DispatchReport {
  queued: number;
  /** Not run because an earlier execution of the job is not over. */
  skipped: number;
  /** To run when an earlier execution of the job is over. */
  buffered: number;
}

/**
 * Moves executions from `scheduled` or `retrying` to `queued` and hands them to the queue. The row changes first and
 * only if it still waits and is not due later than was read, so a pause, an edit or a cancel in between wins, and of two
 * planners one does. Should the
 * queue be away, the rows stay `queued` and the reconciler dispatches them again. While everything is paused nothing
 * moves.
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
    const { chunks, queued, heldUp } = await this.#markQueued(executions);
    const queuedIds = new Set(queued.map(({ id }) => id));
    const messages = chunks
      .map(({ message, executions: chunk }) => ({
        message,
        left: chunk.filter(({ id }) => queuedIds.has(id)),
      }))
      .filter(({ left }) => left.length > 0)
      .map(({ message, left }) => messageFor(left, message.id));
    await this.queues.add(messages);
    this.changes.publish([
      ...queued.map(({ id, job_id }): Change => ({ kind: 'execution', id, jobId: job_id, status: 'queued' })),
      ...heldUp.map((one): Change => ({ kind: 'execution', ...one })),
    ]);
    const skipped = heldUp.filter(({ status }) => status === 'skipped').length;
    return { queued: queued.length, skipped, buffered: heldUp.length - skipped };
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

  async #markQueued(executions: DueExecution[]) {
    return this.dataSource.transaction(async (manager) => {
      if (await isSystemHeld(manager)) return { chunks: [], queued: [], heldUp: [] };
      const { admitted, heldUp } = await judgeOverlap(manager, executions);
      const chunks = chunkMessages(admitted);
      const input = chunks.flatMap(({ message, executions: chunk }) =>
        chunk.map(({ id, scheduledFor, dueAt }) => ({ id, scheduledFor, dueAt, messageId: message.id })),
      );
      const queued =
        input.length === 0
          ? []
          : await queryRows<QueuedRow>(manager, MARK_QUEUED, [
              input.map(({ id }) => id),
              input.map(({ messageId }) => messageId),
              ...partitionBounds(input.map(({ scheduledFor }) => scheduledFor)),
              input.map(({ dueAt }) => new Date(dueAt)),
            ]);
      return { chunks, queued, heldUp };
    });
  }
}

/** Rows are found by id and judged only when they are locked, as in a claim. */
const MARK_QUEUED = `
  WITH locked AS MATERIALIZED (
    SELECT id, scheduled_for, status, due_at FROM executions
    WHERE id = ANY($1::uuid[]) AND scheduled_for BETWEEN $3 AND $4
    ORDER BY id
    FOR UPDATE SKIP LOCKED
  )
  UPDATE executions e SET status = 'queued', message_id = m.message_id, queued_at = clock_timestamp()
  FROM locked l
  JOIN unnest($1::uuid[], $2::text[], $5::timestamptz[]) AS m(id, message_id, due_at) ON m.id = l.id
  WHERE l.status IN ('scheduled', 'retrying') AND ${notPutOff('l', 'm')} AND e.id = l.id AND e.scheduled_for = l.scheduled_for
    AND e.scheduled_for BETWEEN $3 AND $4
  RETURNING e.id, e.job_id`;

const REDISPATCH = `
  WITH locked AS MATERIALIZED (
    SELECT id, scheduled_for, status, message_id FROM executions WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE
  )
  UPDATE executions e SET message_id = $3, queued_at = clock_timestamp()
  FROM locked l
  WHERE l.status = 'queued' AND l.message_id = $2 AND e.id = l.id AND e.scheduled_for = l.scheduled_for
  RETURNING e.id, e.job_id, e.type, e.priority, e.scheduled_for, e.due_at, e.overlap_policy`;
