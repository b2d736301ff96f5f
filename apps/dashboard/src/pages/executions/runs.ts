import type { ExecutionStatus, ExecutionWithAttemptsDto, NamedExecutionDto, PageMetaDto } from '#client';

/** The runs read so far, newest due moment first, and where the next older ones begin. */
export interface Runs {
  items: NamedExecutionDto[];
  meta: PageMetaDto;
}

/**
 * The newest page as it is now, with the older runs that had been read before. Where so much is new that the two do not meet,
 * what lies between is not known, and the older ones are read again when they are scrolled to.
 */
export function withOlder(
  known: Runs | undefined,
  fresh: Runs,
  statuses: readonly ExecutionStatus[] | undefined,
): Runs {
  const oldest = fresh.items.at(-1);
  if (!known || !oldest || fresh.meta.nextCursor === null) return fresh;
  const isFresh = new Set(fresh.items.map(({ id }) => id));
  if (!known.items.some(({ id }) => isFresh.has(id))) return fresh;
  const older = known.items.filter(
    (run) => isOlder(run, oldest) && (statuses === undefined || statuses.includes(run.status)),
  );
  if (older.length === 0) return fresh;
  return { items: [...fresh.items, ...older], meta: { ...fresh.meta, nextCursor: known.meta.nextCursor } };
}

/** The runs with a page of older ones after them. */
export function appended(known: Runs, page: Runs): Runs {
  const have = new Set(known.items.map(({ id }) => id));
  return {
    items: [...known.items, ...page.items.filter(({ id }) => !have.has(id))],
    meta: { ...known.meta, nextCursor: page.meta.nextCursor },
  };
}

/** Of the list's order: due before, or at the same moment and made before. */
export function isOlder(run: NamedExecutionDto, than: NamedExecutionDto): boolean {
  if (run.scheduledFor !== than.scheduledFor) return run.scheduledFor < than.scheduledFor;
  return run.id < than.id;
}

/** A live event has told its new status and nothing else of it: when it began, or how it ended, is to be read. */
export function isHalfKnown({ status, startedAt, finishedAt }: NamedExecutionDto): boolean {
  switch (status) {
    case 'running':
    case 'retrying':
      return startedAt === null;
    case 'completed':
    case 'failed':
    case 'timed_out':
    case 'cancelled':
      return finishedAt === null;
    default:
      return false;
  }
}

/** The runs with one of them as it has been read. */
export function renewed(runs: Runs, read: ExecutionWithAttemptsDto[]): Runs {
  if (read.length === 0) return runs;
  const byId = new Map(read.map(({ attempts: _, ...run }) => [run.id, run]));
  return { ...runs, items: runs.items.map((run) => ({ ...run, ...byId.get(run.id) })) };
}
