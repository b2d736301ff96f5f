import type { EntityManager } from 'typeorm';
import type { ChainCondition } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { lockJobs, NO_CHAIN } from '#executions';
import type { JobEntity } from '../entities/job.entity.js';

/** One job that runs after another. */
export interface ChainEdge {
  childId: string;
  parentId: string;
  on: ChainCondition;
}

/** Taken, together with the owner, by whoever changes chains. */
const CHAINS_LOCK = 1_129_464_142;

/**
 * Takes the turn of whoever changes the chains of one owner's jobs, so that two changes cannot close a cycle that neither
 * sees, and locks the jobs concerned, by id as everywhere. Call it before any job is locked.
 */
export async function lockChains(runner: SqlRunner, ownerId: string, jobIds: string[]): Promise<void> {
  await runner.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [CHAINS_LOCK, ownerId]);
  await lockJobs(runner, jobIds);
}

/** As `lockChains`, for the job whose chains are to change, and others. Does nothing where there is no such job. */
export async function lockChainsOf(runner: SqlRunner, jobId: string, others: string[]): Promise<void> {
  const [job] = await queryRows<{ owner_id: string }>(runner, 'SELECT owner_id FROM jobs WHERE id = $1', [
    jobId,
  ]);
  if (job) await lockChains(runner, job.owner_id, [jobId, ...others]);
}

/**
 * Makes the links what `after` of the job says. Executions of the parents that are not over by then set the job off,
 * too. Call it when the job is stored, parents locked.
 */
export async function saveLinks(manager: EntityManager, { id, after }: JobEntity): Promise<void> {
  await manager.query('DELETE FROM chain_links WHERE child_id = $1', [id]);
  if (after.length === 0) return;
  const parentIds = after.map(({ jobId }) => jobId);
  await manager.query(INSERT, [id, parentIds, after.map(({ on }) => on)]);
  await manager.query(FOLLOW_LIVE, [parentIds]);
}

const INSERT = `
  INSERT INTO chain_links (child_id, parent_id, condition)
  SELECT $1, l.parent_id, l.condition FROM unnest($2::uuid[], $3::text[]) AS l(parent_id, condition)`;

const FOLLOW_LIVE = `
  WITH live AS MATERIALIZED (
    SELECT id, scheduled_for, effective_at FROM executions
    WHERE job_id = ANY($1::uuid[]) AND status IN ('scheduled', 'queued', 'running', 'retrying')
      AND chain_at IS NULL AND chain_run IS DISTINCT FROM '${NO_CHAIN}'
    ORDER BY id
    FOR UPDATE
  )
  UPDATE executions e SET chain_at = l.effective_at FROM live l
  WHERE e.id = l.id AND e.scheduled_for = l.scheduled_for`;

/** The jobs that run after one. */
export async function childrenOf(runner: SqlRunner, jobId: string): Promise<{ id: string; name: string }[]> {
  return queryRows(
    runner,
    `SELECT j.id, j.name FROM chain_links l JOIN jobs j ON j.id = l.child_id
     WHERE l.parent_id = $1 ORDER BY j.name, j.id`,
    [jobId],
  );
}

/** The ids of the jobs that one runs after. */
export async function parentsOf(runner: SqlRunner, jobId: string): Promise<string[]> {
  const rows = await queryRows<{ parent_id: string }>(
    runner,
    'SELECT parent_id FROM chain_links WHERE child_id = $1',
    [jobId],
  );
  return rows.map(({ parent_id }) => parent_id);
}

/** All that some jobs run after, by however many others: every link on the way up. */
export async function linksAbove(runner: SqlRunner, jobIds: string[]): Promise<ChainEdge[]> {
  const rows = await queryRows<{ child_id: string; parent_id: string; condition: ChainCondition }>(
    runner,
    LINKS_ABOVE,
    [jobIds],
  );
  return rows.map(({ child_id, parent_id, condition }) => ({
    childId: child_id,
    parentId: parent_id,
    on: condition,
  }));
}

const LINKS_ABOVE = `
  WITH RECURSIVE above AS (
    SELECT child_id, parent_id, condition FROM chain_links WHERE child_id = ANY($1::uuid[])
    UNION
    SELECT l.child_id, l.parent_id, l.condition FROM above a JOIN chain_links l ON l.child_id = a.parent_id
  )
  SELECT * FROM above`;

/** Parents by child. */
export function parentsByChild(edges: ChainEdge[]): Map<string, string[]> {
  const parents = new Map<string, string[]>();
  for (const { childId, parentId } of edges) {
    const known = parents.get(childId);
    if (known) known.push(parentId);
    else parents.set(childId, [parentId]);
  }
  return parents;
}
