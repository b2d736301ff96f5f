import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobStatus, JobType } from '#contracts';
import { partitionBounds, queryRows, type SqlRunner } from '#database';
import { insertExecutions, type NewExecution, notifyChanges } from '#executions';
import { pauseFailing } from '../planning/pause-failing.js';
import { type ChainEdge, linksAbove } from './chain-links.js';
import { decideChain } from './decide-chain.js';
import { readTurns, type Turn, type TurnFacts } from './read-turns.js';

/** The most executions one look follows. */
const PER_LOOK = 200;

/** An execution that is over and whose chain has not been followed to the end. */
interface EndedRow {
  id: string;
  job_id: string;
  scheduled_for: Date;
  chain_run: string | null;
}

interface ChildRow {
  id: string;
  type: JobType;
  status: JobStatus;
  priority: number;
  max_retries: number;
  pause_after_failures: number | null;
}

/** A turn, and the ended executions that ask for it. */
interface AskedTurn extends Turn {
  child: ChildRow;
  askedBy: string[];
}

/**
 * Sets off the jobs that run after others. An execution of a job that others run after carries a mark from its beginning;
 * once it is over, however that came about, the mark makes it due here. So nobody who ends an execution has to
 * remember what runs after it, and a crash at any moment leaves the mark. Decisions on one job take turns by its lock, and
 * each reads what was committed before, so that the last of its parents to end sets it off, once.
 */
@Injectable()
export class FollowChains {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Call it until it answers 0: what it tells as skipped is over, too, and may be followed.
   * @returns how many executions that are over it looked at
   */
  async follow(): Promise<number> {
    const ended = await queryRows<EndedRow>(this.dataSource, ENDED, [PER_LOOK]);
    if (ended.length > 0) await this.dataSource.transaction((manager) => followAll(manager, ended));
    return ended.length;
  }
}

async function followAll(runner: SqlRunner, ended: EndedRow[]): Promise<void> {
  const children = await lockChildren(runner, ended);
  const edges = await linksAbove(
    runner,
    children.map(({ id }) => id),
  );
  const turns = turnsOf(ended, children, edges);
  const executions: NewExecution[] = [];
  const waiting = new Set<string>();
  const facts = await readTurns(runner, turns, edges);
  turns.forEach((turn, index) => {
    const known = facts[index];
    if (!known) return;
    const decision = decideChain({ status: turn.child.status, ...known });
    if (decision.do === 'wait') for (const id of turn.askedBy) waiting.add(id);
    if (decision.do === 'run') executions.push({ ...baseOf(turn, known), status: 'scheduled' });
    if (decision.do === 'skip')
      executions.push({ ...baseOf(turn, known), status: 'skipped', reason: decision.reason });
  });
  const inserted = await insertExecutions(runner, executions);
  await mark(runner, ended, waiting);
  await notifyChanges(
    runner,
    inserted.map(({ id, jobId }) => ({ kind: 'execution', id, jobId, status: 'scheduled' })),
  );
}

/** Links of a job change under its lock: those read from here on stay as they are. */
async function lockChildren(runner: SqlRunner, ended: EndedRow[]): Promise<ChildRow[]> {
  const children = await queryRows<ChildRow>(runner, LOCK_CHILDREN, [ended.map(({ job_id }) => job_id)]);
  const watched = children.filter((child) => child.pause_after_failures !== null);
  const paused = await pauseFailing(
    runner,
    watched.map(({ id }) => id),
  );
  for (const child of children) if (paused.has(child.id)) child.status = 'paused';
  return children;
}

function turnsOf(ended: EndedRow[], children: ChildRow[], edges: ChainEdge[]): AskedTurn[] {
  const turns = new Map<string, AskedTurn>();
  for (const child of children) {
    const parents = new Set(
      edges.filter(({ childId }) => childId === child.id).map(({ parentId }) => parentId),
    );
    for (const { id, job_id, scheduled_for, chain_run } of ended) {
      if (!parents.has(job_id)) continue;
      const moment = { at: scheduled_for.getTime(), run: chain_run };
      const key = `${child.id} ${moment.at} ${moment.run}`;
      const turn = turns.get(key) ?? { childId: child.id, child, moment, askedBy: [] };
      turn.askedBy.push(id);
      turns.set(key, turn);
    }
  }
  return [...turns.values()];
}

/** It is due when the last of its parents was over: lateness counts from there. */
function baseOf({ child, moment }: AskedTurn, { parents }: TurnFacts) {
  const executions = parents.flatMap(({ execution }) => (execution ? [execution] : []));
  return {
    jobId: child.id,
    type: child.type,
    trigger: 'chain' as const,
    scheduledFor: moment.at,
    effectiveAt: Math.max(...executions.map(({ finishedAt }) => finishedAt?.getTime() ?? moment.at)),
    priority: child.priority,
    maxAttempts: child.max_retries + 1,
    chain: { run: moment.run },
    parentIds: executions.map(({ id }) => id),
  };
}

/** What waits for others is looked at again when those end, and now and then, should they never. */
async function mark(runner: SqlRunner, ended: EndedRow[], waiting: Set<string>): Promise<void> {
  await runner.query(MARK, [
    ended.map(({ id }) => id),
    ended.map(({ id }) => waiting.has(id)),
    ...partitionBounds(ended.map(({ scheduled_for }) => scheduled_for.getTime())),
  ]);
}

const ENDED = `
  SELECT id, job_id, scheduled_for, chain_run FROM executions
  WHERE chain_at <= clock_timestamp() AND finished_at IS NOT NULL
  ORDER BY chain_at, id LIMIT $1`;

const LOCK_CHILDREN = `
  SELECT id, type, status, priority, max_retries, pause_after_failures FROM jobs
  WHERE id IN (SELECT child_id FROM chain_links WHERE parent_id = ANY($1::uuid[])) AND deleted_at IS NULL
  ORDER BY id FOR NO KEY UPDATE`;

const MARK = `
  WITH locked AS MATERIALIZED (
    SELECT e.id, e.scheduled_for, m.is_waiting FROM executions e
    JOIN unnest($1::uuid[], $2::bool[]) AS m(id, is_waiting) ON m.id = e.id
    WHERE e.scheduled_for BETWEEN $3 AND $4
    ORDER BY e.id
    FOR UPDATE OF e
  )
  UPDATE executions e SET chain_at = CASE WHEN l.is_waiting THEN clock_timestamp()
    + least(greatest((clock_timestamp() - e.finished_at) / 2, interval '1 s'), interval '5 min') END
  FROM locked l
  WHERE e.id = l.id AND e.scheduled_for = l.scheduled_for`;
