import { expect } from 'vitest';
import { newId } from '#database';
import { verifyLedger } from '#jobs';
import { waitFor } from '#testing';
import type { TimeBench } from './time-fixture.js';

const HOUR = 3_600_000;
const LATEST = Math.floor(Date.now() / 60_000) * 60_000 - 0.5 * HOUR;

/** Each hour, half an hour away from any moment a test could run at. */
export const HOURLY = {
  scheduleType: 'recurring',
  cronExpression: `${new Date(LATEST).getUTCMinutes()} * * * *`,
};

/** The nominal time so many hours from the latest that has passed. */
export const hour = (offset: number) => new Date(LATEST + offset * HOUR).toISOString();

export const range = (from: number, to: number, mode = 'missing') => ({
  from: hour(from),
  to: hour(to),
  mode,
});

export interface Backfill {
  id: string;
  status: string;
  total: number;
  [field: string]: unknown;
}

export interface RunRow {
  id: string;
  at: string;
  status: string;
  trigger: string;
}

/** Runs that begin and stay until they are let go. */
export interface Held {
  /** Nominal times, in the order they began. */
  started: string[];
  /** The most that ran side by side. */
  most(): number;
  release(at: string): void;
  /** From now on none is held. */
  releaseAll(): void;
  untilStarted(at: string): Promise<unknown>;
}

/** What tests of backfills do with a bench. */
export function backfillsOn(bench: TimeBench) {
  const start = async (jobId: string, body: object): Promise<Backfill> => {
    const answer = await bench.send(`POST /jobs/${jobId}/backfill`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    return (answer.body as { data: Backfill }).data;
  };
  const read = async (id: string) =>
    ((await bench.send(`GET /backfills/${id}`)).body as { data: Backfill }).data;
  const until = (id: string, matches: (backfill: Backfill) => boolean, what: string) =>
    waitFor(
      async () => {
        const backfill = await read(id);
        return matches(backfill) && backfill;
      },
      { what, progress: () => read(id) },
    );
  const runs = (jobId: string) => bench.engine.rows<RunRow>(RUNS, [jobId]);
  /** An occurrence of the schedule as it was left behind. */
  const past = (jobId: string, offset: number, status: string, reason: string | null = null) =>
    bench.engine.rows(INSERT_PAST, [newId(), hour(offset), jobId, status, reason]);
  return {
    start,
    read,
    until,
    past,
    over: (id: string) => until(id, ({ status }) => status !== 'running', 'the backfill to be over'),
    /** Nominal times and statuses of what backfills made, oldest first. */
    filled: async (jobId: string) =>
      (await runs(jobId))
        .filter(({ trigger }) => trigger === 'backfill')
        .map(({ at, status }) => [at, status]),
    runs,
    /** Hourly, and told of since 5 hours ago: completed, failed, missed, two in a gap, and cancelled. */
    withHistory: async (fields: Record<string, unknown> = {}, behaviour = 'ok') => {
      const id = await bench.create({ ...HOURLY, ...fields }, behaviour);
      await bench.asIfDownSince(id, new Date(hour(-5)));
      await past(id, -5, 'completed');
      await past(id, -4, 'failed');
      await past(id, -3, 'missed', 'policy');
      await past(id, 0, 'cancelled', 'cancelled_by_user');
      await bench.engine.rows(
        `INSERT INTO schedule_gaps (id, job_id, from_at, to_at, reason, count) VALUES ($1, $2, $3, $4, 'paused', 2)`,
        [newId(), id, hour(-2), hour(-1)],
      );
      await bench.engine.rows('UPDATE jobs SET next_run_at = $2 WHERE id = $1', [id, hour(1)]);
      return id;
    },
    isSound: async (jobId: string) => {
      expect(await verifyLedger(bench.engine.dataSource, jobId)).toMatchObject({ violations: [] });
    },
    held: (name: string) => hold(bench, name),
  };
}

function hold(bench: TimeBench, name: string): Held {
  const started: string[] = [];
  const doors = new Map<string, () => void>();
  let [running, most, isOpen] = [0, 0, false];
  bench.engine.behaviours.set(name, async ({ scheduledFor, signal }) => {
    const at = scheduledFor.toISOString();
    started.push(at);
    most = Math.max(most, ++running);
    await new Promise<void>((resolve, reject) => {
      doors.set(at, resolve);
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      if (isOpen) resolve();
    }).finally(() => (running -= 1));
    return 'done';
  });
  return {
    started,
    most: () => most,
    release: (at) => doors.get(at)?.(),
    releaseAll: () => {
      isOpen = true;
      for (const open of doors.values()) open();
    },
    untilStarted: (at) =>
      waitFor(() => started.includes(at), { what: `the run of ${at} to begin`, progress: () => started }),
  };
}

const RUNS = `
  SELECT id, to_char(scheduled_for, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, status, trigger
  FROM executions WHERE job_id = $1 ORDER BY scheduled_for, id`;

const INSERT_PAST = `
  INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, reason, effective_at, due_at, max_attempts,
    finished_at)
  VALUES ($1, $2, $3, 'custom', 'schedule', $4, $5, $2, $2, 1, $2)`;
