import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { recordAudit } from '#audit';
import { type Actor, ChronosError } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { cancelExecutions, notifyChanges } from '#executions';
import { databaseNow, invalidState, lockJob } from '../commands/job-store.js';
import { BackfillEntity } from '../entities/backfill.entity.js';
import type { BackfillView } from './backfill-view.js';
import { FindBackfills } from './find-backfills.service.js';
import { withdrawBackfilled } from './withdraw-backfilled.js';

@Injectable()
export class CancelBackfill {
  constructor(
    private readonly dataSource: DataSource,
    private readonly backfills: FindBackfills,
  ) {}

  /**
   * Nothing of it begins any more. What has begun goes on, retries too, unless `running` has it cancelled.
   * @throws ChronosError NOT_FOUND, or INVALID_STATE when it is over
   */
  cancel(actor: Actor, id: string, options: { running?: boolean } = {}): Promise<BackfillView> {
    return this.dataSource.transaction(async (manager) => {
      const found = await manager.findOneBy(BackfillEntity, { id });
      if (!found) throw ChronosError.notFound('backfill', id);
      const job = await lockJob(manager, actor, found.jobId).catch((error: unknown) => {
        if (error instanceof ChronosError && error.code === 'NOT_FOUND') {
          throw ChronosError.notFound('backfill', id);
        }
        throw error;
      });
      const backfill = await manager.findOneOrFail(BackfillEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (backfill.status !== 'running') throw invalidState(`The backfill is over: ${backfill.status}.`);
      await withdrawBackfilled(manager, { backfillId: id });
      if (options.running) await cancelBegun(manager, id);
      backfill.status = 'cancelled';
      backfill.finishedAt = new Date(await databaseNow(manager));
      await manager.save(BackfillEntity, backfill);
      await notifyChanges(manager, [{ kind: 'backfill', id, jobId: job.id, status: 'cancelled' }]);
      const view = await this.backfills.view(manager, backfill, job);
      await recordAudit(manager, {
        action: 'backfill.cancel',
        target: { type: 'backfill', id },
        jobId: job.id,
        ownerId: job.ownerId,
        before: { status: 'running' },
        after: { status: 'cancelled', dispatched: view.dispatched, total: view.total },
      });
      return view;
    });
  }
}

async function cancelBegun(runner: SqlRunner, backfillId: string): Promise<void> {
  const begun = await queryRows<{ id: string }>(runner, BEGUN, [backfillId]);
  for (const { id } of begun) await cancelExecutions(runner, { executionId: id }, 'cancelled_by_user');
}

const BEGUN = `
  SELECT id FROM executions WHERE backfill_id = $1 AND status IN ('scheduled', 'queued', 'running', 'retrying')
  ORDER BY id`;
