import { queryRows, type SqlRunner, wakeNotifiers } from '#database';

/**
 * Puts a message that was given up back into the outbox, with all of its attempts before it.
 * @returns whether it had been given up
 */
export async function sendAgain(runner: SqlRunner, id: string): Promise<boolean> {
  const rows = await queryRows(
    runner,
    `UPDATE notifications SET status = 'pending', attempts = 0, next_attempt_at = now()
     WHERE id = $1 AND status = 'failed' RETURNING id`,
    [id],
  );
  if (rows.length > 0) await wakeNotifiers(runner);
  return rows.length > 0;
}
