import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type BackoffPolicy,
  DEFAULT_BACKOFF,
  groupBy,
  isRepeating,
  type JobType,
  type JsonObject,
  type ScheduleType,
} from '#contracts';
import { queryRows } from '#database';
import { isWatched } from '#notifications';
import { ExecutionQueues } from '#queue';
import { DispatchExecutions } from '../dispatch/dispatch-executions.service.js';
import { SettleExecutions } from '../settle/settle-executions.service.js';
import { settlementOf } from '../settle/settlement.js';

/** A message is looked for once its executions have been queued this long: a worker claims within milliseconds. */
const MESSAGE_GRACE_MS = 5_000;
const PAGE = 1_000;

interface ExpiredRow {
  id: string;
  job_id: string;
  scheduled_for: Date;
  fence: number;
  attempt: number;
  max_attempts: number;
  worker_id: string | null;
  schedule_type: ScheduleType;
  retry_delay_ms: number;
  backoff: BackoffPolicy;
  notifications: JsonObject;
}

interface QueuedRow {
  id: string;
  type: JobType;
  queued_at: string;
  message_id: string;
}

export interface ReconcileReport {
  takenOver: number;
  redispatched: number;
}

/**
 * Mends what a crash leaves behind: executions whose worker is gone, and executions whose message is. Any number of
 * processes may run it at once.
 */
@Injectable()
export class ReconcileExecutions {
  readonly #logger = new Logger(ReconcileExecutions.name);
  /** Messages found in a worker's hands by the last look and by this one. */
  #taken = { before: new Set<string>(), now: new Set<string>() };

  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: ExecutionQueues,
    private readonly dispatcher: DispatchExecutions,
    private readonly settler: SettleExecutions,
  ) {}

  async reconcile(): Promise<ReconcileReport> {
    const takenOver = await this.takeOverExpired();
    const redispatched = await this.redispatchVanished();
    if (takenOver + redispatched > 0) {
      this.#logger.warn(
        `Reconciled: ${takenOver} executions of lost workers, ${redispatched} of lost messages.`,
      );
    }
    return { takenOver, redispatched };
  }

  /** Ends the attempts whose lease has run out; what has attempts left is due again at once. */
  async takeOverExpired(): Promise<number> {
    let total = 0;
    for (;;) {
      const rows = await queryRows<ExpiredRow>(this.dataSource, EXPIRED, [PAGE]);
      const settled = await this.settler.settleAll(rows.map(toLostSettlement), { onlyExpired: true });
      total += settled.filter((status) => status !== undefined).length;
      if (rows.length < PAGE) return total;
    }
  }

  /** Sends again what is `queued` in the database but no longer in the queue. */
  async redispatchVanished(): Promise<number> {
    let total = 0;
    this.#taken = { before: this.#taken.now, now: new Set() };
    let after: [string, string] = ['-infinity', '00000000-0000-0000-0000-000000000000'];
    for (;;) {
      const rows = await queryRows<QueuedRow>(this.dataSource, QUEUED, [MESSAGE_GRACE_MS, ...after, PAGE]);
      for (const [type, group] of groupBy(rows, (row) => row.type))
        total += await this.#redispatch(type, group);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return total;
      after = [last.queued_at, last.id];
    }
  }

  /** A message that is gone, or that a worker took and had not claimed from by the last look: that worker is dead. */
  async #findVanished(type: JobType, messageIds: string[]): Promise<string[]> {
    const places = await this.queues.locate(type, messageIds);
    return messageIds.filter((id, index) => {
      if (places[index] === 'taken') this.#taken.now.add(id);
      return places[index] === 'gone' || (places[index] === 'taken' && this.#taken.before.has(id));
    });
  }

  async #redispatch(type: JobType, rows: QueuedRow[]): Promise<number> {
    const byMessage = groupBy(rows, (row) => row.message_id);
    const vanished = await this.#findVanished(type, [...byMessage.keys()]);
    const counts = await Promise.all(
      vanished.map((messageId) => {
        const ids = (byMessage.get(messageId) ?? []).map(({ id }) => id);
        return this.dispatcher.redispatch(ids, messageId);
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

function toLostSettlement(row: ExpiredRow) {
  return {
    id: row.id,
    jobId: row.job_id,
    scheduledFor: row.scheduled_for,
    fence: row.fence,
    isOneOff: !isRepeating(row.schedule_type),
    isAwaited: true,
    isWatched: isWatched(row.notifications),
    settlement: settlementOf(
      {
        status: 'lost',
        error: {
          code: 'WORKER_LOST',
          message: `Worker ${row.worker_id ?? 'unknown'} stopped renewing its lease during attempt ${row.attempt}.`,
          retryable: true,
        },
      },
      {
        attempt: row.attempt,
        maxAttempts: row.max_attempts,
        retryDelayMs: row.retry_delay_ms,
        backoff: { ...DEFAULT_BACKOFF, ...row.backoff },
      },
    ),
  };
}

const EXPIRED = `
  SELECT e.id, e.job_id, e.scheduled_for, e.fence, e.attempt, e.max_attempts, e.worker_id, j.schedule_type,
    j.retry_delay_ms, j.backoff, j.notifications
  FROM executions e JOIN jobs j ON j.id = e.job_id
  WHERE e.status = 'running' AND e.lease_until < now()
  ORDER BY e.lease_until LIMIT $1`;

const QUEUED = `
  SELECT id, type, queued_at::text AS queued_at, message_id
  FROM executions
  WHERE status = 'queued' AND queued_at < now() - $1 * interval '1 ms' AND (queued_at, id) > ($2::timestamptz, $3::uuid)
  ORDER BY queued_at, id LIMIT $4`;
