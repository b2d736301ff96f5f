import { type EntityManager, In } from 'typeorm';
import type { ChainCondition } from '#contracts';
import { queryRows } from '#database';
import { localTimeOf } from '#scheduling';
import { linksAbove, type ChainEdge } from '../chain/chain-links.js';
import { JobEntity } from '../entities/job.entity.js';
import { scheduleWithCalendars } from '../schedule/schedule-with-calendars.js';
import { forecast, type ForecastRange } from './forecast.js';
import { type LedgerForecast, whyForecast } from './ledger-entry.js';
import { type LedgerSituation, ledgerSituation } from './ledger-situation.js';

/** A moment to come of one job. */
interface Moment {
  dueAt: string;
  isHeld: boolean;
  /** Will it be kept from running, as far as schedules can tell? */
  isSkipped: boolean;
}

/** Moments by their nominal time. */
type Moments = Map<string, Moment>;

/**
 * The moments to come of a chained job: those it waits for already, and those that the schedules far above it will bring,
 * taken as if every run ended as those below ask for.
 */
export async function chainForecast(
  manager: EntityManager,
  job: JobEntity,
  { pauseReason }: LedgerSituation,
  range: ForecastRange,
): Promise<LedgerForecast[]> {
  const edges = await linksAbove(manager, [job.id]);
  const parents = await manager.findBy(JobEntity, { id: In(edges.map(({ parentId }) => parentId)) });
  const byId = new Map([job, ...parents].map((one) => [one.id, one]));
  const moments = new Map<string, Moments>();
  for (const parent of parents.filter(({ scheduleType }) => scheduleType !== 'chained')) {
    moments.set(parent.id, await ownMoments(manager, parent, range));
  }
  const note = noteOf(job, byId);
  const toCome = [...momentsOf(job.id, edges, byId, moments)].map(([at, { dueAt, isHeld, isSkipped }]) => {
    const status = isSkipped ? 'skipped' : isHeld ? 'held' : 'expected';
    const reason = isSkipped ? 'parent_not_run' : null;
    return entryOf(job, at, { dueAt, status, reason, note, why: whyForecast(status, reason, pauseReason) });
  });
  const waiting = await waitingMoments(manager, job, pauseReason, range);
  const begun = new Set(waiting.map(({ at }) => at));
  return [...waiting, ...toCome.filter(({ at }) => !begun.has(at))];
}

async function ownMoments(manager: EntityManager, job: JobEntity, range: ForecastRange): Promise<Moments> {
  if (job.deletedAt || !job.nextRunAt) return new Map();
  const schedule = await scheduleWithCalendars(manager, job, job.nextRunAt.getTime());
  const entries = forecast(job, schedule, await ledgerSituation(manager, job), range);
  return new Map(
    entries.map(({ at, dueAt, status }) => [
      at,
      { dueAt, isHeld: status === 'held', isSkipped: status === 'skipped' },
    ]),
  );
}

/** Worked out once for each job, from its parents down. */
function momentsOf(
  jobId: string,
  edges: ChainEdge[],
  jobs: Map<string, JobEntity>,
  known: Map<string, Moments>,
): Moments {
  const found = known.get(jobId);
  if (found) return found;
  const moments: Moments = new Map();
  // A cycle cannot be stored; were there one, this would end it.
  known.set(jobId, moments);
  const parents = edges
    .filter(({ childId }) => childId === jobId)
    .map(({ parentId, on }) => ({ on, moments: momentsOf(parentId, edges, jobs, known) }));
  const times = new Set(parents.flatMap((parent) => [...parent.moments.keys()]));
  for (const at of [...times].toSorted()) {
    const met = parents.map((parent) => parent.moments.get(at));
    moments.set(at, {
      dueAt: met.reduce((latest, one) => (one && one.dueAt > latest ? one.dueAt : latest), at),
      isHeld: jobs.get(jobId)?.status === 'paused' || met.some((one) => one?.isHeld),
      isSkipped: parents.some(({ on }, index) => !canHold(on, met[index])),
    });
  }
  return moments;
}

function canHold(on: ChainCondition, moment: Moment | undefined): boolean {
  return moment !== undefined && (on === 'any' || !moment.isSkipped);
}

const WHEN: Record<ChainCondition, string> = {
  completed: 'has completed',
  failed: 'has failed',
  any: 'is over',
};

function noteOf({ after }: JobEntity, jobs: Map<string, JobEntity>): string {
  const parts = after.map(({ jobId, on, name }) => `"${jobs.get(jobId)?.name ?? name}" ${WHEN[on]}`);
  return `Runs when ${parts.join(' and ')}.`;
}

/** Turns at moments that have come: some of what it runs after is over, or has begun. */
async function waitingMoments(
  manager: EntityManager,
  job: JobEntity,
  pauseReason: string | null,
  { from, to, limit }: ForecastRange,
): Promise<LedgerForecast[]> {
  const rows = await queryRows<{ at: Date; names: string[] | null }>(manager, WAITING, [
    job.id,
    new Date(from),
    new Date(to),
    limit,
  ]);
  const isHeld = job.status === 'paused' || pauseReason !== null;
  return rows.map(({ at, names }) => {
    const waitsFor = (names ?? []).map((name) => JSON.stringify(name)).join(' and ');
    const time = at.toISOString();
    return entryOf(job, time, {
      dueAt: time,
      status: isHeld ? 'held' : 'expected',
      reason: null,
      note: waitsFor ? `Waits for ${waitsFor} to end.` : null,
      why: isHeld ? whyForecast('held', null, pauseReason) : null,
    });
  });
}

function entryOf(
  job: JobEntity,
  at: string,
  rest: Omit<LedgerForecast, 'kind' | 'at' | 'localTime'>,
): LedgerForecast {
  return { kind: 'forecast', at, localTime: localTimeOf(new Date(at), job.timezone), ...rest };
}

/** Found by what is over and not yet followed to the end, and by what is under way: there is little of either. */
const WAITING = `
  WITH parents AS MATERIALIZED (SELECT parent_id FROM chain_links WHERE child_id = $1)
  SELECT e.scheduled_for AS at, array_agg(j.name::text ORDER BY j.name) FILTER (WHERE e.finished_at IS NULL) AS names
  FROM (
    SELECT job_id, scheduled_for, chain_run, finished_at FROM executions
    WHERE chain_at IS NOT NULL AND finished_at IS NOT NULL AND job_id IN (SELECT parent_id FROM parents)
    UNION ALL
    SELECT job_id, scheduled_for, chain_run, finished_at FROM executions
    WHERE chain_at IS NOT NULL AND status IN ('queued', 'running', 'retrying') AND job_id IN (SELECT parent_id FROM parents)
  ) e
  JOIN jobs j ON j.id = e.job_id
  WHERE e.scheduled_for BETWEEN $2 AND $3
    AND NOT EXISTS (SELECT 1 FROM executions c WHERE c.job_id = $1 AND c.scheduled_for = e.scheduled_for
      AND c.chain_run IS NOT DISTINCT FROM e.chain_run)
  GROUP BY e.scheduled_for, e.chain_run
  ORDER BY e.scheduled_for LIMIT $4`;
