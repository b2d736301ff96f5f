import { Injectable } from '@nestjs/common';
import { type Actor, ChronosError, type ErrorCode, JOB_LIMITS } from '#contracts';
import { FindJobs, type JobSelection } from '../read/find-jobs.service.js';
import { ChangeJob } from './change-job.service.js';
import { JobLifecycle } from './job-lifecycle.service.js';
import { RunJob } from './run-job.service.js';

export const BULK_ACTIONS = [
  'pause',
  'resume',
  'cancel',
  'delete',
  'trigger',
  'addTag',
  'removeTag',
] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** How many jobs one request does something with. */
export const BULK_LIMIT = 100;

export interface BulkRequest {
  action: BulkAction;
  /** These jobs, at most `BULK_LIMIT`; or else those of `filter`. */
  ids?: string[];
  filter?: JobSelection;
  /** With `filter`: goes on behind this id, `next` of the answer before. */
  after?: string;
  /** For `pause`. */
  reason?: string;
  /** For `addTag` and `removeTag`. */
  tag?: string;
}

export interface BulkReport {
  done: number;
  failed: { id: string; name: string | null; code: ErrorCode; message: string }[];
  /** How many that match are left; ask again with `next`. */
  remaining: number;
  /** Null where none are left. */
  next: string | null;
}

/** One command for many jobs: each as if it were asked for alone, with its own entry in the audit trail. */
@Injectable()
export class BulkJobs {
  constructor(
    private readonly jobs: FindJobs,
    private readonly lifecycle: JobLifecycle,
    private readonly changeJob: ChangeJob,
    private readonly runJob: RunJob,
  ) {}

  /**
   * What one job refuses is in the report, and the others go on.
   * @throws ChronosError VALIDATION_FAILED where fields contradict each other
   */
  async run(actor: Actor, request: BulkRequest): Promise<BulkReport> {
    const command = this.#commandOf(actor, request);
    const { ids, remaining } = await this.#select(actor, request);
    const report: BulkReport = {
      done: 0,
      failed: [],
      remaining,
      next: remaining > 0 ? (ids.at(-1) ?? null) : null,
    };
    // A job goes once those that run after it have gone: the selection is gone through again while that helps.
    for (let left = ids, before = -1; left.length > 0 && report.done !== before;) {
      before = report.done;
      report.failed = report.failed.filter(({ code }) => code !== 'JOB_IN_USE');
      await this.#each(left, command, report);
      left = report.failed.filter(({ code }) => code === 'JOB_IN_USE').map(({ id }) => id);
    }
    const names = await this.jobs.names(
      actor,
      report.failed.map(({ id }) => id),
    );
    for (const failure of report.failed) failure.name = names.get(failure.id) ?? null;
    return report;
  }

  async #each(ids: string[], command: (id: string) => Promise<unknown>, report: BulkReport): Promise<void> {
    for (const id of ids) {
      try {
        await command(id);
        report.done += 1;
      } catch (error) {
        if (!(error instanceof ChronosError)) throw error;
        report.failed.push({ id, name: null, code: error.code, message: error.message });
      }
    }
  }

  async #select(
    actor: Actor,
    { ids, filter, after }: BulkRequest,
  ): Promise<{ ids: string[]; remaining: number }> {
    if ((ids === undefined) === (filter === undefined)) {
      throw ChronosError.invalid('ids', 'or "filter" must be given, and not both');
    }
    if (ids) return { ids: [...new Set(ids)], remaining: 0 };
    return this.jobs.select(actor, filter ?? {}, { after, limit: BULK_LIMIT });
  }

  #commandOf(actor: Actor, { action, reason, tag }: BulkRequest): (id: string) => Promise<unknown> {
    if ((action === 'addTag' || action === 'removeTag') !== (tag !== undefined)) {
      throw ChronosError.invalid('tag', 'goes with "addTag" and "removeTag", and with no other action');
    }
    if (reason !== undefined && action !== 'pause')
      throw ChronosError.invalid('reason', 'goes with "pause" only');
    switch (action) {
      case 'pause':
        return (id) => this.lifecycle.pause(actor, id, reason);
      case 'resume':
        return (id) => this.lifecycle.resume(actor, id);
      case 'cancel':
        return (id) => this.lifecycle.cancel(actor, id);
      case 'delete':
        return (id) => this.lifecycle.delete(actor, id);
      case 'trigger':
        return (id) => this.runJob.trigger(actor, id, {});
      case 'addTag':
        return (id) => this.#retag(actor, id, (tags) => [...new Set([...tags, tag ?? ''])]);
      case 'removeTag':
        return (id) => this.#retag(actor, id, (tags) => tags.filter((one) => one !== tag));
    }
  }

  /** From the version that was read, so that no change in between is lost. */
  async #retag(actor: Actor, id: string, change: (tags: string[]) => string[]): Promise<void> {
    const { tags, version } = await this.jobs.get(actor, id);
    const changed = change(tags);
    if (changed.length > JOB_LIMITS.tags)
      throw ChronosError.invalid('tag', `would be one more than the ${JOB_LIMITS.tags} a job may have`);
    if (changed.join() !== tags.join()) await this.changeJob.update(actor, id, { tags: changed }, version);
  }
}
