import { queryRows, type SqlRunner } from '#database';
import { nominalTimes, scheduleHistory, type ScheduleVersion } from './schedule-history.js';
import { verifyBackfills } from './verify-backfills.js';

/** What is wrong with a job's ledger, in a sentence each; empty where every nominal time is there exactly once. */
export interface LedgerReport {
  jobId: string;
  /** How many nominal times were looked at. */
  checked: number;
  violations: string[];
}

interface JobRow {
  id: string;
  created_at: Date;
  next_run_at: Date | null;
  status: string;
  max_runs: number | null;
  now: Date;
}

interface ExecutionRow {
  scheduled_for: Date;
  status: string;
  reason: string | null;
}

interface GapRow {
  from_at: Date;
  to_at: Date;
  count: number;
  reason: string;
}

/**
 * Works out a job's nominal times again, from its versions of record, and holds them against the ledger: each that has
 * come is one execution or a point of one gap, each to come lies behind `next_run_at`, and the ledger has no others. What
 * the calendars in force had closed did not run, and nothing else is told as a blackout. What backfills made stands beside
 * it, and is held against what they asked for. Read it in one transaction of isolation REPEATABLE READ where planners are running.
 * @param since leaves out what is older, for history that retention has taken
 */
export async function verifyLedger(
  runner: SqlRunner,
  jobId: string,
  since: Date = new Date(0),
): Promise<LedgerReport> {
  const [job] = await queryRows<JobRow>(
    runner,
    `SELECT id, created_at, next_run_at, status, max_runs, clock_timestamp()::timestamptz(3) AS now
     FROM jobs WHERE id = $1`,
    [jobId],
  );
  if (!job) return { jobId, checked: 0, violations: [`There is no job ${jobId}.`] };
  const executions = await queryRows<ExecutionRow>(
    runner,
    `SELECT scheduled_for, status, reason FROM executions WHERE job_id = $1 AND trigger = 'schedule' AND scheduled_for >= $2
     ORDER BY scheduled_for`,
    [jobId, since],
  );
  const gaps = await queryRows<GapRow>(
    runner,
    'SELECT from_at, to_at, count, reason FROM schedule_gaps WHERE job_id = $1 AND from_at >= $2 ORDER BY from_at',
    [jobId, since],
  );
  const told = executions.map(({ scheduled_for }) => scheduled_for.getTime());
  const expected = nominalTimes(
    await scheduleHistory(runner, jobId, job.created_at),
    since.getTime(),
    lastTold(job, [...told, ...gaps.map(({ to_at }) => to_at.getTime())]),
  );
  const times = expected.map(({ at }) => at);
  return {
    jobId,
    checked: times.length,
    violations: [
      ...compare(times, told, gaps),
      ...blackoutFaults(expected, executions, gaps),
      ...(await verifyBackfills(runner, jobId)),
    ],
  };
}

/** Up to where the ledger must be complete: the next nominal time waits behind it. */
function lastTold(job: JobRow, told: number[]): number {
  if (job.next_run_at) return job.next_run_at.getTime() - 1;
  const last = told.reduce((latest, at) => Math.max(latest, at), -Infinity);
  // A schedule that has had all its runs and waits for the last one's end has no nominal times after it.
  return job.status === 'active' && job.max_runs !== null ? last : Math.max(job.now.getTime(), last);
}

function compare(expected: number[], told: number[], gaps: GapRow[]): string[] {
  const violations: string[] = [];
  const times = new Map<number, number>(expected.map((at) => [at, 0]));
  const account = (at: number) => times.set(at, (times.get(at) ?? 0) + 1);
  for (const at of told) {
    if (times.has(at)) account(at);
    else violations.push(`${iso(at)} has an execution, but is no nominal time.`);
  }
  for (const gap of gaps) {
    const [from, to] = [gap.from_at.getTime(), gap.to_at.getTime()];
    const inside = expected.filter((at) => from <= at && at <= to);
    inside.forEach(account);
    if (inside.length !== gap.count || inside[0] !== from || inside.at(-1) !== to) {
      violations.push(
        `The gap from ${iso(from)} to ${iso(to)} tells of ${gap.count} nominal times; there are ${inside.length}.`,
      );
    }
  }
  for (const [at, count] of times) {
    if (count !== 1) violations.push(`${iso(at)} is in the ledger ${count} times.`);
  }
  return violations;
}

function blackoutFaults(
  expected: { at: number; version: ScheduleVersion }[],
  executions: ExecutionRow[],
  gaps: GapRow[],
): string[] {
  const isClosed = new Map(
    expected.map(({ at, version }) => [at, version.schedule.skipReason(at) === 'blackout']),
  );
  const rows = executions.flatMap(({ scheduled_for, status, reason }) => {
    const at = scheduled_for.getTime();
    const isTold = status === 'skipped' && reason === 'blackout';
    if (isClosed.get(at) === isTold || !isClosed.has(at)) return [];
    return isTold
      ? [`${iso(at)} is skipped for a blackout, and no calendar was closed.`]
      : [`${iso(at)} is ${status}, and a calendar was closed.`];
  });
  const open = gaps
    .filter(({ reason }) => reason === 'blackout')
    .flatMap(({ from_at, to_at }) =>
      expected.filter(({ at }) => from_at.getTime() <= at && at <= to_at.getTime() && !isClosed.get(at)),
    );
  return [...rows, ...open.map(({ at }) => `${iso(at)} is in a blackout gap, and no calendar was closed.`)];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
