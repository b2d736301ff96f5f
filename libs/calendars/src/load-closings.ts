import { LRUCache } from 'lru-cache';
import type { CalendarRules } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { anyOf, closedBetween, Closings, closingsOf } from '#scheduling';

/** When calendars are closed, each nominal time judged by the version of a calendar in force at it. */
export interface LoadedClosings {
  /** Closed whenever one of these calendars is; undefined for none. */
  of(calendarIds: readonly string[]): Closings | undefined;
}

interface VersionRow {
  id: string;
  calendar_id: string;
  effective_at: Date;
  until_at: Date | null;
}

/** By version, which never changes. An import of 5,000 events takes about 2 MB. */
const versions = new LRUCache<string, Closings>({ max: 500 });
/** By the versions in force they are made of. */
const combinations = new LRUCache<string, Closings>({ max: 2_000 });

const NONE: LoadedClosings = { of: () => undefined };

/**
 * Loads what is needed to judge nominal times from `sinceMs` on. What was loaded before is not read again: two small
 * statements at most.
 */
export async function loadClosings(
  runner: SqlRunner,
  calendarIds: Iterable<string>,
  sinceMs: number,
): Promise<LoadedClosings> {
  const ids = [...new Set(calendarIds)];
  if (ids.length === 0) return NONE;
  const rows = await queryRows<VersionRow>(runner, IN_FORCE, [ids, new Date(sinceMs)]);
  const closings = await closingsOfVersions(
    runner,
    rows.map(({ id }) => id),
  );
  return {
    of: (named) => {
      if (named.length === 0) return undefined;
      return combined(
        rows.filter((row) => named.includes(row.calendar_id)),
        closings,
      );
    },
  };
}

/** For one job, or a few calendars. */
export async function closingsSince(
  runner: SqlRunner,
  calendarIds: readonly string[],
  sinceMs: number,
): Promise<Closings | undefined> {
  return (await loadClosings(runner, calendarIds, sinceMs)).of(calendarIds);
}

/** When calendars are closed as they are now, whenever that came to be: for a past that nothing was planned in. */
export async function presentClosings(
  runner: SqlRunner,
  calendarIds: readonly string[],
): Promise<Closings | undefined> {
  if (calendarIds.length === 0) return undefined;
  const rows = await queryRows<{ id: string }>(runner, PRESENT, [calendarIds]);
  const closings = await closingsOfVersions(
    runner,
    rows.map(({ id }) => id),
  );
  return anyOf([...closings.values()]);
}

async function closingsOfVersions(runner: SqlRunner, ids: string[]): Promise<Map<string, Closings>> {
  const loaded = new Map<string, Closings>();
  for (const id of ids) {
    const known = versions.get(id);
    if (known) loaded.set(id, known);
  }
  const missing = ids.filter((id) => !loaded.has(id));
  if (missing.length === 0) return loaded;
  const read = await queryRows<{ id: string; rules: CalendarRules }>(runner, RULES, [missing]);
  for (const { id, rules } of read) {
    const closings = closingsOf(rules);
    versions.set(id, closings);
    loaded.set(id, closings);
  }
  return loaded;
}

function combined(rows: VersionRow[], closings: Map<string, Closings>): Closings {
  const key = rows.map(({ id, until_at }) => `${id} ${until_at?.getTime() ?? ''}`).join();
  const known = combinations.get(key);
  if (known) return known;
  const made = anyOf(
    rows.flatMap(({ id, effective_at, until_at }) => {
      const one = closings.get(id);
      return one ? [closedBetween(one, effective_at.getTime(), until_at?.getTime() ?? Infinity)] : [];
    }),
  );
  combinations.set(key, made);
  return made;
}

const IN_FORCE = `
  SELECT id, calendar_id, effective_at, until_at FROM calendar_versions
  WHERE calendar_id = ANY($1::uuid[]) AND (until_at IS NULL OR until_at >= $2) ORDER BY calendar_id, version`;

const PRESENT = 'SELECT id FROM calendar_versions WHERE calendar_id = ANY($1::uuid[]) AND until_at IS NULL';

const RULES = 'SELECT id, rules FROM calendar_versions WHERE id = ANY($1::uuid[])';
