import { changesBetween, recordAudit } from '#audit';
import type { StoredCalendar } from '#calendars';
import type { JsonObject } from '#contracts';
import type { SqlRunner } from '#database';

type AuditedCalendar = Omit<StoredCalendar, 'created_at' | 'updated_at'>;
type CalendarAction = 'calendar.create' | 'calendar.update' | 'calendar.import' | 'calendar.delete';

/**
 * Puts on the audit trail what was done to a calendar: the fields that changed, imports by their source and size.
 * @param before undefined for a new calendar
 * @param after undefined for one that is gone
 */
export async function recordCalendar(
  runner: SqlRunner,
  action: CalendarAction,
  before: AuditedCalendar | undefined,
  after: AuditedCalendar | undefined,
): Promise<void> {
  const subject = after ?? before;
  if (!subject) return;
  await recordAudit(runner, {
    action,
    target: { type: 'calendar', id: subject.id },
    ownerId: subject.owner_id,
    ...changesBetween(stateOf(before), stateOf(after)),
  });
}

function stateOf(calendar: AuditedCalendar | undefined): JsonObject {
  if (!calendar) return {};
  const { name, description, shared, version, rules } = calendar;
  const imports = Object.fromEntries(
    rules.imports.map(({ source, importedAt, events }) => [source, { importedAt, events: events.length }]),
  );
  const { timezone, dates, weekly } = rules;
  return JSON.parse(
    JSON.stringify({ name, description, shared, version, timezone, dates, weekly, imports }),
  ) as JsonObject;
}
