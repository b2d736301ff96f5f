import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { newId, queryRows } from '#database';
import { countInLedger, notifyChanges } from '#executions';

/** The most jobs one transaction takes planned occurrences back from. */
const JOBS_PER_TURN = 500;

interface UnsettledPause {
  id: string;
  since_at: Date;
  until_at: Date | null;
  catch_up: boolean | null;
}

/**
 * What stands between the end of a pause of everything and the first start after it: occurrences that had been planned
 * for the pause go back, so that they are told of with it, or judged by their misfire policies. Any number of planners
 * may do it at once, and a planner that dies leaves nothing half done. Jobs that nobody had planned need nothing here:
 * planning finds the pause when it comes to them.
 */
@Injectable()
export class SettleSystemPause {
  readonly #logger = new Logger(SettleSystemPause.name);

  constructor(private readonly dataSource: DataSource) {}

  /** @returns whether anything may start now */
  async settle(): Promise<boolean> {
    const pauses = await queryRows<UnsettledPause>(this.dataSource, UNSETTLED);
    if (pauses.some(({ until_at }) => until_at === null)) return false;
    for (const pause of pauses) {
      let taken = 0;
      if (pause.catch_up === false) {
        for (let jobs = JOBS_PER_TURN; jobs === JOBS_PER_TURN;) {
          jobs = await this.dataSource.transaction((manager) => takeBack(manager, pause));
          taken += jobs;
        }
      }
      this.#logger.log(
        `The pause since ${pause.since_at.toISOString()} is over; ${taken} jobs planned anew.`,
      );
      await this.#end(pause);
    }
    return true;
  }

  async #end({ id }: UnsettledPause): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(END, [id]);
      await notifyChanges(manager, [{ kind: 'system', state: 'running' }]);
    });
  }
}

/**
 * Where nothing later of a job is in the ledger yet, its schedule goes back to the first occurrence taken; else each is
 * told of as a gap of its own.
 * @returns how many jobs it looked at
 */
async function takeBack(manager: EntityManager, { since_at, until_at }: UnsettledPause): Promise<number> {
  const jobs = await queryRows<{ id: string }>(manager, LOCK_JOBS, [since_at, until_at, JOBS_PER_TURN]);
  const ids = jobs.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const taken = await queryRows<{ job_id: string; scheduled_for: Date; goes_back: boolean }>(
    manager,
    TAKE_BACK,
    [ids, since_at, until_at],
  );
  const told = taken.filter(({ goes_back }) => !goes_back);
  await manager.query(INSERT_GAPS, [
    told.map(() => newId()),
    told.map(({ job_id }) => job_id),
    told.map(({ scheduled_for }) => scheduled_for),
  ]);
  countInLedger(
    manager,
    told.map(() => ({ kind: 'gap', reason: 'system_paused', times: 1 })),
  );
  return ids.length;
}

const UNSETTLED = `
  SELECT id, since_at, until_at, catch_up FROM system_pauses WHERE settled_at IS NULL ORDER BY since_at`;

const END = 'UPDATE system_pauses SET settled_at = clock_timestamp() WHERE id = $1 AND settled_at IS NULL';

/** What has been planned for the pause and has not begun, and was not released from a review or waits for one. */
const planned = (since: string, until: string) => `
  e.trigger = 'schedule' AND e.status IN ('scheduled', 'queued') AND e.started_at IS NULL
  AND e.review_id IS NULL AND e.scheduled_for > ${since} AND e.scheduled_for <= ${until}`;

/** Jobs are locked before their executions, as everywhere. */
const LOCK_JOBS = `
  SELECT id FROM jobs
  WHERE id IN (SELECT DISTINCT e.job_id FROM executions e WHERE ${planned('$1', '$2')} LIMIT $3)
  ORDER BY id FOR NO KEY UPDATE`;

const TAKE_BACK = `
  WITH taken AS (
    DELETE FROM executions e WHERE e.job_id = ANY($1::uuid[]) AND ${planned('$2', '$3')}
    RETURNING e.id, e.job_id, e.scheduled_for
  ), firsts AS (
    SELECT job_id, min(scheduled_for) AS first FROM taken GROUP BY job_id
  ), clean AS (
    SELECT f.job_id, f.first FROM firsts f JOIN jobs j ON j.id = f.job_id
    WHERE j.status = 'active' AND j.deleted_at IS NULL
      AND f.first > (SELECT max(v.effective_at) FROM job_versions v WHERE v.job_id = f.job_id)
      AND NOT EXISTS (SELECT 1 FROM executions o WHERE o.job_id = f.job_id AND o.trigger = 'schedule'
        AND o.scheduled_for >= f.first AND o.id NOT IN (SELECT id FROM taken))
      AND NOT EXISTS (SELECT 1 FROM schedule_gaps g WHERE g.job_id = f.job_id AND g.to_at >= f.first)
  ), moved AS (
    UPDATE jobs j SET next_run_at = c.first FROM clean c WHERE j.id = c.job_id
  )
  SELECT t.job_id, t.scheduled_for, EXISTS (SELECT 1 FROM clean c WHERE c.job_id = t.job_id) AS goes_back
  FROM taken t`;

const INSERT_GAPS = `
  INSERT INTO schedule_gaps (id, job_id, from_at, to_at, reason, count)
  SELECT i.id, i.job_id, i.at, i.at, 'system_paused', 1
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS i(id, job_id, at)`;
