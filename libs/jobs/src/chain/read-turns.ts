import {
  type ChainCondition,
  type ExecutionStatus,
  groupBy,
  type JobStatus,
  type ScheduleType,
} from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { type ChainEdge, parentsByChild } from './chain-links.js';
import { type ChainMoment, type JobAtMoment, type ParentState, parentStates } from './decide-chain.js';

/** A job at a moment at which one that it runs after has ended. */
export interface Turn {
  childId: string;
  moment: ChainMoment;
}

/** A parent at the moment of a turn. */
export interface ParentAtTurn {
  on: ChainCondition;
  state: ParentState;
  /** Its newest execution. */
  execution: { id: string; finishedAt: Date | null } | undefined;
}

/** What is known of a turn. */
export interface TurnFacts {
  hasHadTurn: boolean;
  isToldSkipped: boolean;
  parents: ParentAtTurn[];
}

interface StateRow {
  turn: number;
  job_id: string;
  schedule_type: ScheduleType;
  status: JobStatus;
  is_deleted: boolean;
  next_run_at: Date | null;
  execution_id: string | null;
  execution_status: ExecutionStatus;
  finished_at: Date | null;
  is_followed: boolean;
}

interface ToldRow {
  turn: number;
  has_had_turn: boolean;
  is_told_skipped: boolean;
}

/**
 * Reads how far the parents of each turn are, and whether it has been taken. Two statements for all turns together.
 * @param edges the links above all children of the turns
 */
export async function readTurns(runner: SqlRunner, turns: Turn[], edges: ChainEdge[]): Promise<TurnFacts[]> {
  const parentsOf = parentsByChild(edges);
  const asked = turns.flatMap(({ childId, moment }, turn) =>
    above(childId, parentsOf).map((jobId) => ({ turn, jobId, moment })),
  );
  const states = groupBy(await queryRows<StateRow>(runner, STATES, columnsOf(asked)), ({ turn }) => turn);
  const own = turns.map(({ childId, moment }, turn) => ({ turn, jobId: childId, moment }));
  const told = new Map(
    (await queryRows<ToldRow>(runner, TOLD, columnsOf(own))).map((row) => [row.turn, row]),
  );
  return turns.map(({ childId, moment }, turn) => {
    const rows = states.get(turn) ?? [];
    return {
      hasHadTurn: told.get(turn)?.has_had_turn ?? false,
      isToldSkipped: told.get(turn)?.is_told_skipped ?? false,
      parents: parentsAt(childId, moment, rows, edges, parentsOf),
    };
  });
}

function parentsAt(
  childId: string,
  moment: ChainMoment,
  rows: StateRow[],
  edges: ChainEdge[],
  parentsOf: Map<string, string[]>,
): ParentAtTurn[] {
  const byJob = new Map(rows.map((row) => [row.job_id, row]));
  const jobs = new Map(rows.map((row) => [row.job_id, jobAtMoment(row)]));
  const stateOf = parentStates(moment, jobs, parentsOf);
  return edges
    .filter((edge) => edge.childId === childId)
    .map(({ parentId, on }) => {
      const row = byJob.get(parentId);
      const execution = row?.execution_id ? { id: row.execution_id, finishedAt: row.finished_at } : undefined;
      return { on, state: stateOf(parentId), execution };
    });
}

function jobAtMoment(row: StateRow): JobAtMoment {
  return {
    scheduleType: row.schedule_type,
    status: row.is_deleted ? undefined : row.status,
    nextRunAt: row.next_run_at?.getTime() ?? null,
    execution:
      row.execution_id === null ? undefined : { status: row.execution_status, isFollowed: row.is_followed },
  };
}

/** All that a job runs after, by however many others. */
function above(jobId: string, parentsOf: Map<string, string[]>): string[] {
  const found = new Set(parentsOf.get(jobId) ?? []);
  for (const id of found) for (const parentId of parentsOf.get(id) ?? []) found.add(parentId);
  return [...found];
}

function columnsOf(asked: { turn: number; jobId: string; moment: ChainMoment }[]): unknown[] {
  return [
    asked.map(({ turn }) => turn),
    asked.map(({ jobId }) => jobId),
    asked.map(({ moment }) => new Date(moment.at)),
    asked.map(({ moment }) => moment.run),
  ];
}

const ASKED = 'unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::uuid[]) AS a(turn, job_id, at, run)';

/** The newest execution of a moment counts: a repeat takes the place of what it repeats. */
const STATES = `
  SELECT a.turn, j.id AS job_id, j.schedule_type, j.status, j.deleted_at IS NOT NULL AS is_deleted, j.next_run_at,
    e.id AS execution_id, e.status AS execution_status, e.finished_at, e.chain_at IS NOT NULL AS is_followed
  FROM ${ASKED}
  JOIN jobs j ON j.id = a.job_id
  LEFT JOIN LATERAL (
    SELECT id, status, finished_at, chain_at FROM executions
    WHERE job_id = a.job_id AND scheduled_for = a.at AND chain_run IS NOT DISTINCT FROM a.run
    ORDER BY created_at DESC, id DESC LIMIT 1
  ) e ON true`;

const TOLD = `
  SELECT a.turn, e.has_had_turn, e.is_told_skipped
  FROM ${ASKED}
  CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(NOT s.is_skip), false) AS has_had_turn, coalesce(bool_or(s.is_skip), false) AS is_told_skipped
    FROM executions e
    CROSS JOIN LATERAL (
      SELECT e.status = 'skipped' AND e.reason IN ('parent_outcome', 'parent_not_run') AS is_skip
    ) s
    WHERE e.job_id = a.job_id AND e.scheduled_for = a.at AND e.chain_run IS NOT DISTINCT FROM a.run
  ) e`;
