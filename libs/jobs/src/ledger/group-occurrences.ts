import type { ExecutionTrigger } from '#contracts';

interface Row {
  id: string;
  scheduled_for: Date;
  trigger: ExecutionTrigger;
  retry_of: string | null;
  chain_run: string | null;
}

/** All executions there have been for one occurrence. */
export interface OccurrenceGroup<One> {
  newest: One;
  /** The ones before it, newest first. */
  earlier: One[];
}

/**
 * Brings together what belongs to one occurrence: what the schedule made of a nominal time, and what retries and backfills
 * made of it since. A run asked for beside the schedule is an occurrence of its own, with its retries, whatever moment
 * it began at; so is what such a run set off in a chain. Keeps the order of the rows; ids grow with time.
 */
export function groupOccurrences<One extends Row>(rows: One[]): OccurrenceGroup<One>[] {
  const keys = new Map<string, string>();
  const keyOf = (row: One): string => {
    if (row.trigger === 'manual' || row.trigger === 'api') return row.id;
    const retried = row.retry_of === null ? undefined : keys.get(row.retry_of);
    const setOffBy = row.trigger === 'chain' ? (row.chain_run ?? '') : '';
    return retried ?? `${row.scheduled_for.getTime()}${setOffBy}`;
  };
  const groups = new Map<string, One[]>();
  for (const row of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) keys.set(row.id, keyOf(row));
  for (const row of rows) {
    const key = keys.get(row.id) ?? row.id;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const [newest, ...earlier] = group.toSorted((a, b) => (a.id > b.id ? -1 : 1));
    return newest ? [{ newest, earlier }] : [];
  });
}
