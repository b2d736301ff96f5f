import { Injectable } from '@nestjs/common';
import {
  type ExecutionError,
  type ExecutionStatus,
  type ExecutionTrigger,
  type JobType,
  type JsonObject,
  type NotificationChannelName,
} from '#contracts';
import { newId, queryRows, type SqlRunner, wakeNotifiers } from '#database';
import type { EndNotice } from '../message/notice.js';
import { afterEnd, needsStreak, rulesOf, type Streak } from '../rules/notification-rules.js';
import { type OutboxPayload, targetOf } from './outbox-payload.js';

/** An execution that has just been settled. */
export interface EndedExecution {
  id: string;
  scheduledFor: Date;
}

interface EndRow {
  id: string;
  job_id: string;
  scheduled_for: Date;
  status: ExecutionStatus;
  attempt: number;
  max_attempts: number;
  trigger: ExecutionTrigger;
  started_at: Date | null;
  finished_at: Date;
  error: ExecutionError | null;
  job_name: string;
  job_type: JobType;
  settings: JsonObject;
  owner_email: string;
}

interface OutboxRow {
  id: string;
  job_id: string;
  execution_id: string;
  event: EndNotice['event'];
  channel: NotificationChannelName;
  payload: OutboxPayload;
}

/**
 * Writes what is to be told of ended executions. Called in the transaction that settles them, so that a
 * notification exists exactly when the end it tells of does, and at most once per execution, event and channel.
 */
@Injectable()
export class NotificationOutbox {
  /**
   * @param runner the settling transaction
   * @param ended may hold executions that are not over or not watched: nothing is written for them
   */
  async record(runner: SqlRunner, ended: EndedExecution[]): Promise<void> {
    if (ended.length === 0) return;
    const ends = await queryRows<EndRow>(runner, ENDS, [
      ended.map(({ id }) => id),
      ended.map(({ scheduledFor }) => scheduledFor.toISOString()),
    ]);
    const streaks = await this.#lockStreaks(runner, ends);
    const rows = ends.flatMap((end) => outboxRowsOf(end, streaks));
    await this.#saveStreaks(runner, streaks);
    if (rows.length === 0) return;
    await runner.query(INSERT, [JSON.stringify(rows)]);
    await wakeNotifiers(runner);
  }

  /** Only of jobs whose rules look back; in the order of their ids, as everybody who settles takes them. */
  async #lockStreaks(runner: SqlRunner, ends: EndRow[]): Promise<Map<string, Streak>> {
    const counting = ends.filter(({ settings }) => needsStreak(rulesOf(settings)));
    const jobIds = [...new Set(counting.map(({ job_id }) => job_id))];
    if (jobIds.length === 0) return new Map();
    const rows = await queryRows<{ job_id: string; failures: number; is_alerted: boolean }>(
      runner,
      LOCK_STREAKS,
      [jobIds],
    );
    return new Map(
      rows.map(({ job_id, failures, is_alerted }) => [job_id, { failures, isAlerted: is_alerted }]),
    );
  }

  async #saveStreaks(runner: SqlRunner, streaks: Map<string, Streak>): Promise<void> {
    if (streaks.size === 0) return;
    const all = [...streaks];
    await runner.query(SAVE_STREAKS, [
      all.map(([jobId]) => jobId),
      all.map(([, { failures }]) => failures),
      all.map(([, { isAlerted }]) => isAlerted),
    ]);
  }
}

/** Moves the job's streak on and answers what this end has to tell. */
function outboxRowsOf(end: EndRow, streaks: Map<string, Streak>): OutboxRow[] {
  const rules = rulesOf(end.settings);
  const before = streaks.get(end.job_id);
  const { event, streak } = afterEnd(
    rules,
    before ?? { failures: 0, isAlerted: false },
    end.status !== 'completed',
  );
  if (before) streaks.set(end.job_id, streak);
  if (!event) return [];
  const failuresInRow = before ? Math.max(before.failures, streak.failures) : null;
  return rules.channels.map((channel) => ({
    id: newId(),
    job_id: end.job_id,
    execution_id: end.id,
    event,
    channel,
    payload: {
      notice: noticeOf(end, event, failuresInRow),
      target: targetOf(channel, end.settings, end.owner_email),
    },
  }));
}

function noticeOf(end: EndRow, event: EndNotice['event'], failuresInRow: number | null): EndNotice {
  return {
    event,
    jobId: end.job_id,
    jobName: end.job_name,
    jobType: end.job_type,
    executionId: end.id,
    status: end.status,
    trigger: end.trigger,
    scheduledFor: end.scheduled_for.toISOString(),
    startedAt: end.started_at?.toISOString() ?? null,
    finishedAt: end.finished_at.toISOString(),
    attempt: end.attempt,
    maxAttempts: end.max_attempts,
    error: end.error,
    failuresInRow,
  };
}

const ENDS = `
  SELECT e.id, e.job_id, e.scheduled_for, e.status, e.attempt, e.max_attempts, e.trigger, e.started_at, e.finished_at,
    e.error, j.name AS job_name, j.type AS job_type, j.notifications AS settings, u.email AS owner_email
  FROM unnest($1::uuid[], $2::timestamptz[]) AS i(id, scheduled_for)
  JOIN executions e ON e.id = i.id AND e.scheduled_for = i.scheduled_for
  JOIN jobs j ON j.id = e.job_id
  JOIN users u ON u.id = j.owner_id
  WHERE e.status IN ('completed', 'failed', 'timed_out') AND j.notifications <> '{}'
  ORDER BY e.finished_at, e.id`;

const LOCK_STREAKS = `
  INSERT INTO notification_streaks AS s (job_id)
  SELECT id FROM unnest($1::uuid[]) AS i(id) ORDER BY id
  ON CONFLICT (job_id) DO UPDATE SET failures = s.failures
  RETURNING job_id, failures, is_alerted`;

const SAVE_STREAKS = `
  UPDATE notification_streaks s SET failures = i.failures, is_alerted = i.is_alerted
  FROM unnest($1::uuid[], $2::int[], $3::boolean[]) AS i(job_id, failures, is_alerted)
  WHERE s.job_id = i.job_id AND (s.failures, s.is_alerted) IS DISTINCT FROM (i.failures, i.is_alerted)`;

const INSERT = `
  INSERT INTO notifications (id, job_id, execution_id, event, channel, payload)
  SELECT id, job_id, execution_id, event, channel, payload
  FROM json_to_recordset($1) AS i(id uuid, job_id uuid, execution_id uuid, event text, channel text, payload jsonb)
  ON CONFLICT (execution_id, event, channel) DO NOTHING`;
