import { queryRows, type SqlRunner } from '#database';

/**
 * SQL that says whether nothing may start: an admin has paused everything, or has resumed it and what was planned for the
 * pause has not been taken back yet. Every statement that would let something start asks it, so that no process has to
 * be told; an index of no more than the pauses that are not over makes it cost next to nothing.
 */
export const SYSTEM_HELD = 'EXISTS (SELECT 1 FROM system_pauses WHERE settled_at IS NULL)';

export async function isSystemHeld(runner: SqlRunner): Promise<boolean> {
  const [row] = await queryRows<{ held: boolean }>(runner, `SELECT ${SYSTEM_HELD} AS held`);
  return row?.held ?? false;
}
