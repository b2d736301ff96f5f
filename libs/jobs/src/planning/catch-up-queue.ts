import { queryRows, type SqlRunner } from '#database';

/** Taken by whoever adds misfires to those that wait, so that two planners do not count the same ones. */
const CATCH_UP_LOCK = 4_207_849_486;

/**
 * How many misfires wait for their turn. Until the transaction ends nobody else adds to them.
 * @param runner a transaction
 */
export async function waitingCatchUps(runner: SqlRunner): Promise<number> {
  await runner.query('SELECT pg_advisory_xact_lock($1)', [CATCH_UP_LOCK]);
  const [backlog] = await queryRows<{ waiting: number }>(runner, WAITING);
  return backlog?.waiting ?? 0;
}

/** Due later than their own time. Retries are not among them, nor what is on time, nor what is held for a review. */
const WAITING = `
  SELECT count(*)::int AS waiting FROM executions
  WHERE status = 'scheduled' AND trigger = 'schedule' AND due_at > now() AND due_at > effective_at
    AND due_at < 'infinity'`;
