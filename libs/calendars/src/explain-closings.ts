import type { CalendarRules } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { closedWindows } from '#scheduling';

/** Who closes an instant, in a few words: `"Holidays" (Christmas)`; undefined where none of the calendars does. */
export type ExplainClosing = (instantMs: number) => string | undefined;

interface Row {
  name: string;
  rules: CalendarRules;
  effective_at: Date;
  until_at: Date | null;
}

/**
 * Says which of some calendars closed instants from `fromMs` to `toMs`, by the versions in force at them, and what they call
 * it.
 */
export async function explainClosings(
  runner: SqlRunner,
  calendarIds: readonly string[],
  fromMs: number,
  toMs: number,
): Promise<ExplainClosing> {
  const rows = await queryRows<Row>(runner, IN_FORCE, [calendarIds, new Date(fromMs), new Date(toMs)]);
  const windows = rows.flatMap(({ name, rules, effective_at, until_at }) =>
    closedWindows(rules, fromMs, toMs + 1).map(({ from, to, label }) => ({
      name,
      label,
      from: Math.max(from, effective_at.getTime() + 1),
      to: until_at ? Math.min(to, until_at.getTime() + 1) : to,
    })),
  );
  return (instantMs) => inWords(windows.filter(({ from, to }) => from <= instantMs && instantMs < to));
}

/** Calendars by name, each with the labels of what closes it. */
export function inWords(windows: { name: string; label: string | null }[]): string | undefined {
  const labels = new Map<string, Set<string>>();
  for (const { name, label } of windows) {
    const known = labels.get(name) ?? new Set();
    labels.set(name, label === null ? known : known.add(label));
  }
  if (labels.size === 0) return undefined;
  return [...labels]
    .map(([name, known]) => (known.size > 0 ? `"${name}" (${[...known].join(', ')})` : `"${name}"`))
    .join(' and ');
}

const IN_FORCE = `
  SELECT c.name, v.rules, v.effective_at, v.until_at FROM calendar_versions v JOIN calendars c ON c.id = v.calendar_id
  WHERE v.calendar_id = ANY($1::uuid[]) AND v.effective_at <= $3 AND (v.until_at IS NULL OR v.until_at >= $2)
  ORDER BY c.name`;
