import type { Actor } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { SystemState } from '#executions';
import { runsNextAtSql } from '../schedule/next-run.js';

/** Whether everything is paused, and whom it concerns. Times are ISO 8601. */
export interface SystemPauseView {
  state: SystemState;
  /** Since when, why and by whom everything is paused; null where nothing is. */
  since: string | null;
  reason: string | null;
  pausedBy: { id: string; name: string } | null;
  jobs: {
    /** Jobs that have something to come: what a pause holds back. */
    active: number;
    /** Those of them whose time has come: what a resume leaves a gap of, or catches up with. */
    due: number;
    /** Paused by themselves: a resume of everything leaves them so. */
    paused: number;
  };
  executions: {
    /** They go on during a pause. */
    running: number;
    /** Planned, queued, or waiting for their next attempt: they wait. */
    waiting: number;
  };
}

interface PauseRow {
  since_at: Date;
  until_at: Date | null;
  reason: string;
  paused_by: string | null;
  name: string | null;
}

/** Counts what the actor may see: their own, or all for an admin. */
export async function readSystemPause(runner: SqlRunner, actor: Actor): Promise<SystemPauseView> {
  const [pause] = await queryRows<PauseRow>(runner, LATEST_HELD);
  const owner = actor.role === 'admin' ? null : actor.id;
  const scope = owner === null ? [] : [owner];
  const [jobs] = await queryRows<SystemPauseView['jobs']>(runner, countJobs(owner), scope);
  const [executions] = await queryRows<SystemPauseView['executions']>(runner, countExecutions(owner), scope);
  return {
    state: !pause ? 'running' : pause.until_at === null ? 'paused' : 'resuming',
    since: pause?.since_at.toISOString() ?? null,
    reason: pause?.reason ?? null,
    pausedBy: pause?.paused_by ? { id: pause.paused_by, name: pause.name ?? '' } : null,
    jobs: jobs ?? { active: 0, due: 0, paused: 0 },
    executions: executions ?? { running: 0, waiting: 0 },
  };
}

const LATEST_HELD = `
  SELECT p.since_at, p.until_at, p.reason, p.paused_by, u.name
  FROM system_pauses p LEFT JOIN users u ON u.id = p.paused_by
  WHERE p.settled_at IS NULL ORDER BY p.since_at DESC LIMIT 1`;

const countJobs = (owner: string | null) => {
  const of = (condition: string) =>
    `(SELECT count(*)::int FROM jobs WHERE ${condition} ${owner === null ? '' : 'AND owner_id = $1'} AND deleted_at IS NULL)`;
  return `SELECT ${of(`status = 'active' AND next_run_at IS NOT NULL`)} AS active,
    ${of(`status = 'active' AND ${runsNextAtSql()} <= now()`)} AS due, ${of(`status = 'paused'`)} AS paused`;
};

/** Each part has a partial index of its own: only what is live is read. */
const countExecutions = (owner: string | null) => {
  const of = (condition: string) =>
    `(SELECT count(*)::int FROM executions WHERE ${condition}
      ${owner === null ? '' : 'AND job_id IN (SELECT id FROM jobs WHERE owner_id = $1)'})`;
  return `SELECT ${of(`status = 'running'`)} AS running,
    ${of(`status = 'queued'`)} + ${of(`status IN ('scheduled', 'retrying') AND buffered_at IS NULL`)}
      + ${of(`status = 'scheduled' AND buffered_at IS NOT NULL`)} AS waiting`;
};
