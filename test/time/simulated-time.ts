import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { ConfigModule } from '#config';
import type { Actor } from '#contracts';
import { DatabaseModule, newId, queryRows } from '#database';
import {
  FeedBackfills,
  JobsModule,
  PlanDueJobs,
  runsNextAtSql,
  ScheduleUpkeep,
  SettleSystemPause,
} from '#jobs';
import { createTestDatabase, testConfig } from '#testing';
import { installFakeClock, setFakeClock } from './fake-clock.js';

/** The real services and planner on a real database whose clock is the simulation's. */
export class SimulatedTime {
  now = Date.UTC(2026, 0, 1);

  private constructor(
    private readonly module: TestingModule,
    private readonly drop: () => Promise<void>,
    readonly actor: Actor,
  ) {}

  static async start(): Promise<SimulatedTime> {
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
    return new SimulatedTime(module, () => database.drop(), actor);
  }

  get database(): DataSource {
    return this.module.get(DataSource);
  }

  get<Service>(service: new (...parameters: never[]) => Service): Service {
    return this.module.get(service);
  }

  async set(atMs: number): Promise<void> {
    this.now = atMs;
    await setFakeClock(this.database, atMs);
  }

  /** Nobody's job is left, nor what a job had. */
  async clear(): Promise<void> {
    await this.database.query(
      'DELETE FROM system_pauses; DELETE FROM executions; DELETE FROM jobs; DELETE FROM calendars',
    );
  }

  /**
   * Planners look, and workers run what is due: from one moment something is due to the next, as timers would, so that a
   * stretch takes as long as its occurrences.
   * @param settle what workers do with all that is due
   */
  async runUntil(endMs: number, settle: () => Promise<void>): Promise<void> {
    while (this.now < endMs) {
      const mayStart = await this.get(SettleSystemPause).settle();
      await this.get(PlanDueJobs).takeBackOverdue();
      await this.get(PlanDueJobs).plan();
      if (mayStart) await settle();
      await this.get(ScheduleUpkeep).run();
      await this.set(Math.min(await this.#nextDue(), endMs));
    }
  }

  async stop(): Promise<void> {
    await this.module.close();
    await this.drop();
  }

  async #nextDue(): Promise<number> {
    const [row] = await queryRows<{ at: Date | null }>(this.database, NEXT_DUE);
    return row?.at?.getTime() ?? Infinity;
  }
}

/** What is held back now is due again when somebody lets it go on. */
const NEXT_DUE = `
  SELECT least(
    (SELECT min(at) FROM (SELECT ${runsNextAtSql()} AS at FROM jobs WHERE status = 'active') j WHERE at > now()),
    (SELECT min(due_at) FROM executions WHERE status = 'scheduled' AND due_at > now())) AS at`;
