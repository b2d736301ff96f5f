import { queryRows, type SqlRunner } from '#database';

/**
 * Holds calendars until the caller's transaction ends: nobody changes or deletes them meanwhile. Calendars are locked
 * before jobs: a job that is there already may be locked after this only.
 * @returns those of the ids that are calendars this user may name: their own and those shared with everybody
 */
export async function holdCalendars(runner: SqlRunner, userId: string, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await queryRows<{ id: string; may_name: boolean }>(runner, HOLD, [ids, userId]);
  return new Set(rows.filter(({ may_name }) => may_name).map(({ id }) => id));
}

const HOLD = `
  SELECT id, deleted_at IS NULL AND (owner_id = $2 OR shared) AS may_name FROM calendars
  WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE`;
