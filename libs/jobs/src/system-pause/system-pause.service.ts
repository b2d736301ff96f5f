import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { recordAudit } from '#audit';
import { type Actor, ChronosError } from '#contracts';
import { newId, queryRows, type SqlRunner, wakePlanners } from '#database';
import {
  cancelExecutions,
  concludeOneOffJobs,
  lockJobs,
  notifyChanges,
  SystemPauseEntity,
} from '#executions';
import { databaseNow, invalidState } from '../commands/job-store.js';
import { readSystemPause, type SystemPauseView } from './system-pause-view.js';

/** The most executions one transaction cancels. */
const CANCELLED_PER_TURN = 500;

/**
 * Pausing everything, and going on. One row says it for all: no job is touched, so that each is afterwards what it was
 * before, and a hundred thousand of them cost what one does.
 */
@Injectable()
export class SystemPause {
  constructor(private readonly dataSource: DataSource) {}

  /** How it stands, with the jobs and executions the actor may see. */
  async get(actor: Actor): Promise<SystemPauseView> {
    return readSystemPause(this.dataSource, actor);
  }

  /**
   * Holds back everything that has not begun, whoever has planned or queued it. What runs goes on.
   * @param options.cancelRunning asks what runs to end, as cancelling each execution would
   * @throws ChronosError INVALID_STATE where everything is paused already
   */
  async pause(
    actor: Actor,
    reason: string,
    { cancelRunning = false }: { cancelRunning?: boolean } = {},
  ): Promise<SystemPauseView> {
    await this.#change(async (manager, open) => {
      if (open) throw invalidState(`Everything is paused already: "${open.reason}".`);
      const sinceAt = new Date(await databaseNow(manager));
      await manager.insert(SystemPauseEntity, { id: newId(), sinceAt, reason, pausedBy: actor.id });
      await recordAudit(manager, {
        action: 'system.pause',
        target: { type: 'system', id: null },
        ownerId: null,
        after: { reason, ...(cancelRunning && { cancelRunning }) },
      });
      await notifyChanges(manager, [{ kind: 'system', state: 'paused' }]);
    });
    // Nothing begins any more: what is found now is all there is.
    if (cancelRunning) await this.#cancelRunning();
    return this.get(actor);
  }

  /**
   * Lets everything go on. Jobs that were paused by themselves stay so. The nominal times that passed meanwhile become a
   * gap in each job's ledger, with the reason `system_paused`, as planners come to it.
   * @param options.catchUp has each job's misfire policy applied to them instead
   * @throws ChronosError INVALID_STATE unless everything is paused
   */
  async resume(actor: Actor, { catchUp = false }: { catchUp?: boolean } = {}): Promise<SystemPauseView> {
    await this.#change(async (manager, open) => {
      if (!open) throw invalidState('Nothing to resume: not everything is paused.');
      const untilAt = new Date(await databaseNow(manager));
      await manager.update(SystemPauseEntity, open.id, { untilAt, catchUp, resumedBy: actor.id });
      await recordAudit(manager, {
        action: 'system.resume',
        target: { type: 'system', id: null },
        ownerId: null,
        before: { reason: open.reason, since: open.sinceAt.toISOString() },
        after: { catchUp },
      });
      await notifyChanges(manager, [{ kind: 'system', state: 'resuming' }]);
      await wakePlanners(manager);
    });
    return this.get(actor);
  }

  #change(change: (manager: EntityManager, open: SystemPauseEntity | null) => Promise<void>): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      // Whoever reads it goes on reading; only those who would change it take turns.
      await manager.query('LOCK TABLE system_pauses IN SHARE ROW EXCLUSIVE MODE');
      await change(manager, await manager.findOneBy(SystemPauseEntity, { untilAt: IsNull() }));
    });
  }

  async #cancelRunning(): Promise<void> {
    for (let found = CANCELLED_PER_TURN; found === CANCELLED_PER_TURN;) {
      found = await this.dataSource.transaction(async (manager) => {
        const rows = await queryRows<{ id: string; job_id: string }>(manager, RUNNING, [CANCELLED_PER_TURN]);
        await lockJobs(
          manager,
          rows.map(({ job_id }) => job_id),
        );
        const executionIds = rows.map(({ id }) => id);
        const cancelled = await cancelExecutions(manager, { executionIds }, 'system_paused');
        const ended = cancelled.filter(({ status }) => status === 'cancelled');
        await notifyChanges(manager, await concludeOneOffJobs(manager, ended));
        return rows.length;
      });
    }
  }
}

/**
 * For whoever asks for a run that is not to wait for the end of a pause.
 * @throws ChronosError SYSTEM_PAUSED while everything is paused
 */
export async function assertNotPaused(runner: SqlRunner): Promise<void> {
  const [open] = await queryRows<{ reason: string }>(runner, OPEN);
  if (!open) return;
  throw new ChronosError(
    'SYSTEM_PAUSED',
    `An administrator has paused everything: "${open.reason}". Ask again when it has been resumed.`,
    { retryable: true },
  );
}

const OPEN = 'SELECT reason FROM system_pauses WHERE until_at IS NULL';

const RUNNING = `
  SELECT id, job_id FROM executions WHERE status = 'running' AND cancel_requested_at IS NULL LIMIT $1`;
