import { type Actor, type CalendarRules, canAccess, ChronosError } from '#contracts';
import { newId, queryRows, type SqlRunner } from '#database';
import type { StoredCalendar } from './calendar-view.js';

/** The most calendars of one account. */
const MAX_CALENDARS = 200;

export interface NewCalendar {
  id: string;
  ownerId: string;
  name: string;
  description: string | null;
  shared: boolean;
}

/**
 * Stores a calendar without rules; give it some with `putRules`.
 * @throws ChronosError CALENDAR_EXISTS, or INVALID_STATE at the limit of 200 an account
 */
export async function insertCalendar(runner: SqlRunner, calendar: NewCalendar): Promise<void> {
  const { id, ownerId, name, description, shared } = calendar;
  await takeTurns(runner, ownerId);
  const [held] = await queryRows<{ count: number }>(
    runner,
    'SELECT count(*)::int AS count FROM calendars WHERE owner_id = $1 AND deleted_at IS NULL',
    [ownerId],
  );
  if (held && held.count >= MAX_CALENDARS) {
    throw new ChronosError(
      'INVALID_STATE',
      `An account has at most ${MAX_CALENDARS} calendars. Delete one first.`,
    );
  }
  const made = await queryRows(runner, INSERT, [id, ownerId, name, description, shared]);
  if (made.length === 0) throw nameTaken(name);
}

/**
 * The calendar and its rules, locked until the transaction ends.
 * @throws ChronosError NOT_FOUND when it is not to be seen, FORBIDDEN when it is shared by somebody else, VERSION_CONFLICT
 */
export async function lockCalendar(
  runner: SqlRunner,
  actor: Actor,
  id: string,
  expectedVersion: number | undefined,
): Promise<StoredCalendar> {
  // Locked first and read then: who waited for the lock must not see what was before.
  await runner.query('SELECT id FROM calendars WHERE id = $1 FOR NO KEY UPDATE', [id]);
  const [stored] = await queryRows<StoredCalendar>(runner, READ, [id]);
  if (!stored || (!canAccess(actor, stored.owner_id) && !stored.shared)) {
    throw ChronosError.notFound('calendar', id);
  }
  if (!canAccess(actor, stored.owner_id) || (stored.shared && actor.role !== 'admin')) {
    throw new ChronosError('FORBIDDEN', 'Only administrators may change a calendar that everybody shares.');
  }
  if (expectedVersion !== undefined && expectedVersion !== stored.version) {
    throw new ChronosError(
      'VERSION_CONFLICT',
      `The calendar has changed: it is at version ${stored.version}, not ${expectedVersion}. Read it again and repeat the change.`,
    );
  }
  return stored;
}

/**
 * Stores what is said of a calendar and raises its version; its rules stay.
 * @throws ChronosError CALENDAR_EXISTS
 */
export async function updateCalendar(
  runner: SqlRunner,
  { id, owner_id, name, description, shared, version }: Omit<StoredCalendar, 'rules'>,
): Promise<void> {
  await takeTurns(runner, owner_id);
  const [namesake] = await queryRows(
    runner,
    'SELECT id FROM calendars WHERE owner_id = $1 AND name = $2 AND id <> $3 AND deleted_at IS NULL',
    [owner_id, name, id],
  );
  if (namesake) throw nameTaken(name);
  await runner.query(UPDATE, [id, name, description, shared, version]);
}

/** Puts rules in force from after `now` on (epoch milliseconds); those before them stay on record. */
export async function putRules(
  runner: SqlRunner,
  calendarId: string,
  version: number,
  rules: CalendarRules,
  now: number,
): Promise<void> {
  await endRules(runner, calendarId, now);
  await runner.query(
    'INSERT INTO calendar_versions (id, calendar_id, version, rules, effective_at) VALUES ($1, $2, $3, $4, $5)',
    [newId(), calendarId, version, JSON.stringify(rules), new Date(now)],
  );
}

/** Takes a calendar away, but for the ledgers of jobs that named it. */
export async function retireCalendar(runner: SqlRunner, calendarId: string, now: number): Promise<void> {
  await endRules(runner, calendarId, now);
  await runner.query('UPDATE calendars SET deleted_at = $2, updated_at = $2 WHERE id = $1', [
    calendarId,
    new Date(now),
  ]);
}

/** Calendars of one user are made and named one after the other: nobody gets more than the limit, nor two of a name. */
async function takeTurns(runner: SqlRunner, ownerId: string): Promise<void> {
  await runner.query('SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE', [ownerId]);
}

async function endRules(runner: SqlRunner, calendarId: string, now: number): Promise<void> {
  await runner.query(
    'UPDATE calendar_versions SET until_at = greatest(effective_at, $2) WHERE calendar_id = $1 AND until_at IS NULL',
    [calendarId, new Date(now)],
  );
}

function nameTaken(name: string): ChronosError {
  return new ChronosError(
    'CALENDAR_EXISTS',
    `There is a calendar "${name}" of this owner already; choose another name.`,
  );
}

const INSERT = `
  INSERT INTO calendars (id, owner_id, name, description, shared) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING RETURNING id`;

const READ = `
  SELECT c.id, c.owner_id, c.name, c.description, c.shared, c.version, c.created_at, c.updated_at, v.rules
  FROM calendars c JOIN calendar_versions v ON v.calendar_id = c.id AND v.until_at IS NULL
  WHERE c.id = $1 AND c.deleted_at IS NULL`;

const UPDATE = `
  UPDATE calendars SET name = $2, description = $3, shared = $4, version = $5, updated_at = now() WHERE id = $1`;
