import { ChronosConfig } from '#config';
import type { BackfillMode } from '#contracts';
import { queryRows } from '#database';
import {
  type CalendarPatch,
  CancelBackfill,
  ChangeCalendar,
  ChangeJob,
  CreateJob,
  FeedBackfills,
  FindBackfills,
  JobLifecycle,
  type JobPatch,
  PlanDueJobs,
  ReviewCatchups,
  runsNextAtSql,
  ScheduleUpkeep,
  SettleSystemPause,
  StartBackfill,
  SystemPause,
  verifyLedger,
} from '#jobs';
import { SimulatedTime } from './simulated-time.js';

/** What may happen to a job in its year; times are steps of the simulated clock, in milliseconds. */
export type Deed =
  /** Planners look in even steps for so long, and workers run what is due. */
  | { do: 'run'; forMs: number; outcome: 'completed' | 'failed' }
  /** Nothing runs for so long. */
  | { do: 'outage'; forMs: number }
  /** A planner plans and dies before it dispatches. */
  | { do: 'crash' }
  | { do: 'pause' }
  | { do: 'resume'; catchUp: boolean }
  /** Of everything, by an admin. */
  | { do: 'pauseAll' }
  | { do: 'resumeAll'; catchUp: boolean }
  | { do: 'edit'; patch: JobPatch }
  /** The job names these calendars, of the two there are, and no others. */
  | { do: 'name'; calendars: number[] }
  /** One of the calendars is closed at other times. */
  | { do: 'close'; calendar: number; rules: CalendarPatch }
  | { do: 'backfill'; mode: BackfillMode; days: number; ratePerMinute?: number }
  | { do: 'cancelBackfills' }
  /** An administrator decides about the misfires that are held. */
  | { do: 'review'; verdict: 'release' | 'drop' }
  | { do: 'cancel' };

/** A job's year on a simulated clock, deed by deed. */
export class SimulatedYear {
  #calendars: string[] = [];

  private constructor(private readonly time: SimulatedTime) {}

  static async start(): Promise<SimulatedYear> {
    return new SimulatedYear(await SimulatedTime.start());
  }

  stop(): Promise<void> {
    return this.time.stop();
  }

  /**
   * Plays a history; answers the violations of the ledger after each deed, and how many nominal times it had.
   * @param reviewAfterMs misfires later than this wait for a review; 0: none do
   */
  async play(
    schedule: JobPatch,
    deeds: Deed[],
    reviewAfterMs: number,
  ): Promise<{ checked: number; violations: string[] }> {
    this.time.get(ChronosConfig).jobs.catchupReviewAfterMs = reviewAfterMs;
    await this.time.set(Date.UTC(2026, 0, 1));
    this.#calendars = [await this.#makeCalendar('first'), await this.#makeCalendar('second')];
    const job = await this.time.get(CreateJob).create(this.time.actor, {
      name: 'Simulated',
      type: 'custom',
      payload: { handler: 'noop' },
      scheduleType: 'recurring',
      calendars: this.#calendars,
      ...schedule,
    });
    let checked = 0;
    for (const [index, deed] of deeds.entries()) {
      await this.#perform(job.id, deed);
      const report = await verifyLedger(this.time.database, job.id);
      checked = report.checked;
      if (report.violations.length > 0) {
        return {
          checked,
          violations: report.violations.slice(0, 5).map((text) => `after deed ${index}: ${text}`),
        };
      }
    }
    await this.time.clear();
    return { checked, violations: [] };
  }

  async #perform(id: string, deed: Deed): Promise<void> {
    const lifecycle = this.time.get(JobLifecycle);
    switch (deed.do) {
      case 'run':
        return this.#run(id, deed.forMs, deed.outcome);
      case 'outage':
        return this.#tick(deed.forMs);
      case 'crash':
        await this.time.get(PlanDueJobs).plan();
        await this.time.get(FeedBackfills).feed();
        return this.#tick(1_000);
      case 'backfill':
        return unlessRefused(this.#backfill(id, deed));
      case 'review':
        await this.time.get(ReviewCatchups)[deed.verdict](this.time.actor, {});
        return;
      case 'cancelBackfills':
        return this.#cancelBackfills(id);
      case 'pause':
        return unlessRefused(lifecycle.pause(this.time.actor, id, undefined));
      case 'resume':
        return unlessRefused(lifecycle.resume(this.time.actor, id, { catchUp: deed.catchUp }));
      case 'cancel':
        return unlessRefused(lifecycle.cancel(this.time.actor, id));
      case 'pauseAll':
        return unlessRefused(this.time.get(SystemPause).pause(this.time.actor, 'simulated'));
      case 'resumeAll':
        return unlessRefused(this.time.get(SystemPause).resume(this.time.actor, { catchUp: deed.catchUp }));
      case 'edit':
        return unlessRefused(this.time.get(ChangeJob).update(this.time.actor, id, deed.patch));
      case 'name': {
        const calendars = deed.calendars.flatMap((index) => this.#calendars[index] ?? []);
        return unlessRefused(this.time.get(ChangeJob).update(this.time.actor, id, { calendars }));
      }
      case 'close': {
        const calendar = this.#calendars[deed.calendar] ?? '';
        return unlessRefused(this.time.get(ChangeCalendar).update(this.time.actor, calendar, deed.rules));
      }
    }
  }

  async #makeCalendar(name: string): Promise<string> {
    const { id } = await this.time.get(ChangeCalendar).create(this.time.actor, { name });
    return id;
  }

  /** Goes from one moment something is due to the next, as timers would, so that a year takes as long as its occurrences. */
  async #run(id: string, forMs: number, outcome: string): Promise<void> {
    const planner = this.time.get(PlanDueJobs);
    const end = this.time.now + forMs;
    for (let turns = 0; this.time.now < end && turns < 12; turns += 1) {
      const mayStart = await this.time.get(SettleSystemPause).settle();
      await planner.takeBackOverdue();
      await planner.plan();
      await this.time.get(FeedBackfills).feed();
      if (mayStart) await this.#settleDue(id, outcome);
      await this.time.get(ScheduleUpkeep).run();
      const next = await this.#nextDue(id);
      await this.#tick(Math.min(Math.max(next - this.time.now, 1_000), end - this.time.now));
    }
    if (this.time.now < end) await this.#tick(end - this.time.now);
  }

  #backfill(id: string, { mode, days, ratePerMinute }: Deed & { do: 'backfill' }): Promise<unknown> {
    const from = new Date(this.time.now - days * 86_400_000);
    const input = { from, to: new Date(this.time.now), mode, ratePerMinute };
    return this.time.get(StartBackfill).start(this.time.actor, id, input);
  }

  async #cancelBackfills(id: string): Promise<void> {
    const { items } = await this.time
      .get(FindBackfills)
      .listOfJob(this.time.actor, id, { page: 1, limit: 20 });
    for (const one of items.filter(({ status }) => status === 'running')) {
      await this.time.get(CancelBackfill).cancel(this.time.actor, one.id, { running: one.running % 2 === 1 });
    }
  }

  /** What workers would have done with all that is due. */
  async #settleDue(id: string, outcome: string): Promise<void> {
    await this.time.database.query(
      `UPDATE executions SET status = $2, attempt = 1, queued_at = now(), started_at = now(), finished_at = now()
       WHERE job_id = $1 AND status = 'scheduled' AND due_at <= now()`,
      [id, outcome],
    );
  }

  async #nextDue(id: string): Promise<number> {
    const [row] = await queryRows<{ at: Date | null }>(
      this.time.database,
      `SELECT least(
         (SELECT ${runsNextAtSql()} FROM jobs WHERE id = $1 AND status = 'active'),
         (SELECT min(due_at) FROM executions WHERE job_id = $1 AND status = 'scheduled' AND due_at < 'infinity')) AS at`,
      [id],
    );
    return row?.at?.getTime() ?? Infinity;
  }

  #tick(byMs: number): Promise<void> {
    return this.time.set(this.time.now + byMs);
  }
}

/** A command that makes no sense in a state is refused, and nothing has happened. */
async function unlessRefused(command: Promise<unknown>): Promise<void> {
  await command.catch((error: unknown) => {
    const code = (error as { code?: string }).code;
    if (code !== 'INVALID_STATE' && code !== 'VALIDATION_FAILED') throw error;
  });
}
