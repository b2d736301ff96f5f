import { queryRows, type SqlRunner } from '#database';

export interface RenewedLease {
  id: string;
  isCancelRequested: boolean;
}

/**
 * Extends the leases of what one worker runs, all in one statement. An execution that is not in the answer is not
 * this worker's any more: it must be abandoned.
 */
export async function renewLeases(
  runner: SqlRunner,
  leases: { id: string; fence: number }[],
  leaseMs: number,
): Promise<RenewedLease[]> {
  if (leases.length === 0) return [];
  const rows = await queryRows<{ id: string; is_cancel_requested: boolean }>(runner, RENEW, [
    leases.map(({ id }) => id),
    leases.map(({ fence }) => fence),
    leaseMs,
  ]);
  return rows.map((row) => ({ id: row.id, isCancelRequested: row.is_cancel_requested }));
}

const RENEW = `
  WITH held AS MATERIALIZED (
    SELECT e.id, e.scheduled_for FROM executions e
    JOIN unnest($1::uuid[], $2::int[]) AS h(id, fence) ON e.id = h.id AND e.fence = h.fence
    WHERE e.status = 'running'
    ORDER BY e.id
    FOR UPDATE OF e
  )
  UPDATE executions e SET lease_until = clock_timestamp() + $3 * interval '1 ms'
  FROM held h
  WHERE e.id = h.id AND e.scheduled_for = h.scheduled_for
  RETURNING e.id, e.cancel_requested_at IS NOT NULL AS is_cancel_requested`;
