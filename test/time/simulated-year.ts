import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { ChronosConfig, ConfigModule } from '#config';
import type { Actor, BackfillMode } from '#contracts';
import { DatabaseModule, newId, queryRows } from '#database';
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
  JobsModule,
  PlanDueJobs,
  ReviewCatchups,
  runsNextAtSql,
  ScheduleUpkeep,
  SettleSystemPause,
  StartBackfill,
  SystemPause,
  verifyLedger,
} from '#jobs';
import { createTestDatabase, testConfig } from '#testing';
import { installFakeClock, setFakeClock } from './fake-clock.js';

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

/** The real services and planner on a real database whose clock is the simulation's. */
export class SimulatedYear {
  private now = Date.UTC(2026, 0, 1);
  #calendars: string[] = [];

  private constructor(
    private readonly module: TestingModule,
    private readonly drop: () => Promise<void>,
    private readonly actor: Actor,
  ) {}

  static async start(): Promise<SimulatedYear> {
    const database = await createTestDatabase();
    const config = testConfig({
      database: { url: database.url, poolSize: 4 },
      jobs: { minScheduleIntervalSeconds: 1 },
    });
    const module = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(config), DatabaseModule, JobsModule],
      providers: [FeedBackfills, PlanDueJobs, ScheduleUpkeep, SettleSystemPause],
    }).compile();
    const dataSource = module.get(DataSource);
    await installFakeClock(dataSource);
    const actor: Actor = { id: newId(), role: 'admin' };
    await dataSource.query(
      `INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, 'a@example.com', 'A', 'x', 'admin')`,
      [actor.id],
    );
    return new SimulatedYear(module, () => database.drop(), actor);
  }

  async stop(): Promise<void> {
    await this.module.close();
    await this.drop();
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
    this.module.get(ChronosConfig).jobs.catchupReviewAfterMs = reviewAfterMs;
    this.now = Date.UTC(2026, 0, 1);
    await this.#tick(0);
    this.#calendars = [await this.#makeCalendar('first'), await this.#makeCalendar('second')];
    const job = await this.module.get(CreateJob).create(this.actor, {
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
      const report = await verifyLedger(this.#database(), job.id);
      checked = report.checked;
      if (report.violations.length > 0) {
        return {
          checked,
          violations: report.violations.slice(0, 5).map((text) => `after deed ${index}: ${text}`),
        };
      }
    }
    await this.#database().query('DELETE FROM system_pauses');
    await this.#database().query('DELETE FROM executions');
    await this.#database().query('DELETE FROM jobs');
    await this.#database().query('DELETE FROM calendars');
    return { checked, violations: [] };
  }

  async #perform(id: string, deed: Deed): Promise<void> {
    const lifecycle = this.module.get(JobLifecycle);
    switch (deed.do) {
      case 'run':
        return this.#run(id, deed.forMs, deed.outcome);
      case 'outage':
        return this.#tick(deed.forMs);
      case 'crash':
        await this.module.get(PlanDueJobs).plan();
        await this.module.get(FeedBackfills).feed();
        return this.#tick(1_000);
      case 'backfill':
        return unlessRefused(this.#backfill(id, deed));
      case 'review':
        await this.module.get(ReviewCatchups)[deed.verdict](this.actor, {});
        return;
      case 'cancelBackfills':
        return this.#cancelBackfills(id);
      case 'pause':
        return unlessRefused(lifecycle.pause(this.actor, id, undefined));
      case 'resume':
        return unlessRefused(lifecycle.resume(this.actor, id, { catchUp: deed.catchUp }));
      case 'cancel':
        return unlessRefused(lifecycle.cancel(this.actor, id));
      case 'pauseAll':
        return unlessRefused(this.module.get(SystemPause).pause(this.actor, 'simulated'));
      case 'resumeAll':
        return unlessRefused(this.module.get(SystemPause).resume(this.actor, { catchUp: deed.catchUp }));
      case 'edit':
        return unlessRefused(this.module.get(ChangeJob).update(this.actor, id, deed.patch));
      case 'name': {
        const calendars = deed.calendars.flatMap((index) => this.#calendars[index] ?? []);
        return unlessRefused(this.module.get(ChangeJob).update(this.actor, id, { calendars }));
      }
      case 'close': {
        const calendar = this.#calendars[deed.calendar] ?? '';
        return unlessRefused(this.module.get(ChangeCalendar).update(this.actor, calendar, deed.rules));
      }
    }
  }

  async #makeCalendar(name: string): Promise<string> {
    const { id } = await this.module.get(ChangeCalendar).create(this.actor, { name });
    return id;
  }

  /** Goes from one moment something is due to the next, as timers would, so that a year takes as long as its occurrences. */
  async #run(id: string, forMs: number, outcome: string): Promise<void> {
    const planner = this.module.get(PlanDueJobs);
    const end = this.now + forMs;
    for (let turns = 0; this.now < end && turns < 12; turns += 1) {
      const mayStart = await this.module.get(SettleSystemPause).settle();
      await planner.takeBackOverdue();
      await planner.plan();
      await this.module.get(FeedBackfills).feed();
      if (mayStart) await this.#settleDue(id, outcome);
      await this.module.get(ScheduleUpkeep).run();
      const next = await this.#nextDue(id);
      await this.#tick(Math.min(Math.max(next - this.now, 1_000), end - this.now));
    }
    if (this.now < end) await this.#tick(end - this.now);
  }

  #backfill(id: string, { mode, days, ratePerMinute }: Deed & { do: 'backfill' }): Promise<unknown> {
    const from = new Date(this.now - days * 86_400_000);
    const input = { from, to: new Date(this.now), mode, ratePerMinute };
    return this.module.get(StartBackfill).start(this.actor, id, input);
  }

  async #cancelBackfills(id: string): Promise<void> {
    const { items } = await this.module.get(FindBackfills).listOfJob(this.actor, id, { page: 1, limit: 20 });
    for (const one of items.filter(({ status }) => status === 'running')) {
      await this.module.get(CancelBackfill).cancel(this.actor, one.id, { running: one.running % 2 === 1 });
    }
  }

  /** What workers would have done with all that is due. */
  async #settleDue(id: string, outcome: string): Promise<void> {
    await this.#database().query(
      `UPDATE executions SET status = $2, attempt = 1, queued_at = now(), started_at = now(), finished_at = now()
       WHERE job_id = $1 AND status = 'scheduled' AND due_at <= now()`,
      [id, outcome],
    );
  }

  async #nextDue(id: string): Promise<number> {
    const [row] = await queryRows<{ at: Date | null }>(
      this.#database(),
      `SELECT least(
         (SELECT ${runsNextAtSql()} FROM jobs WHERE id = $1 AND status = 'active'),
         (SELECT min(due_at) FROM executions WHERE job_id = $1 AND status = 'scheduled' AND due_at < 'infinity')) AS at`,
      [id],
    );
    return row?.at?.getTime() ?? Infinity;
  }

  async #tick(byMs: number): Promise<void> {
    this.now += byMs;
    await setFakeClock(this.#database(), this.now);
  }

  #database(): DataSource {
    return this.module.get(DataSource);
  }
}

/** A command that makes no sense in a state is refused, and nothing has happened. */
async function unlessRefused(command: Promise<unknown>): Promise<void> {
  await command.catch((error: unknown) => {
    const code = (error as { code?: string }).code;
    if (code !== 'INVALID_STATE' && code !== 'VALIDATION_FAILED') throw error;
  });
}
