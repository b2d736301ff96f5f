import type { JobType, JsonObject, NotificationChannelName } from '#contracts';
import { newId, queryRows, type SqlRunner, wakeNotifiers } from '#database';
import type { TestNotice } from '../message/notice.js';
import { rulesOf } from '../rules/notification-rules.js';
import { type OutboxPayload, targetOf } from './outbox-payload.js';

/** A job whose channels are to be tried; `notifications` as it stores them. */
export interface TestedJob {
  id: string;
  name: string;
  type: JobType;
  notifications: JsonObject;
}

interface TestRow {
  id: string;
  job_id: string;
  channel: NotificationChannelName;
  payload: OutboxPayload;
}

/**
 * Writes a test message for each channel a job would tell its end through: to its owner by e-mail where it names none.
 * @param requestedBy the id of who asks
 * @returns the ids of the messages
 */
export async function recordTest(runner: SqlRunner, job: TestedJob, requestedBy: string): Promise<string[]> {
  const [asked] = await queryRows<{ owner: string; asker: string; now: Date }>(runner, ASKED, [
    job.id,
    requestedBy,
  ]);
  if (!asked) throw new Error(`There is no job ${job.id}, or no user ${requestedBy}.`);
  const notice: TestNotice = {
    event: 'test',
    jobId: job.id,
    jobName: job.name,
    jobType: job.type,
    requestedAt: asked.now.toISOString(),
    requestedBy: asked.asker,
  };
  const rows = rulesOf(job.notifications).channels.map((channel): TestRow => ({
    id: newId(),
    job_id: job.id,
    channel,
    payload: { notice, target: targetOf(channel, job.notifications, asked.owner) },
  }));
  await runner.query(INSERT, [JSON.stringify(rows)]);
  await wakeNotifiers(runner);
  return rows.map(({ id }) => id);
}

const ASKED = `
  SELECT o.email AS owner, a.email AS asker, now() AS now
  FROM jobs j JOIN users o ON o.id = j.owner_id JOIN users a ON a.id = $2
  WHERE j.id = $1`;

const INSERT = `
  INSERT INTO notifications (id, job_id, event, channel, payload)
  SELECT id, job_id, 'test', channel, payload
  FROM json_to_recordset($1) AS i(id uuid, job_id uuid, channel text, payload jsonb)`;
