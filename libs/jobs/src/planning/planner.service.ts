import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CHANNELS, DatabaseClock, PgNotifications } from '#database';
import {
  DispatchExecutions,
  type DueExecution,
  findDueExecutions,
  findReleasedExecutions,
} from '#executions';
import { FeedBackfills } from '../backfill/feed-backfills.service.js';
import { FollowChains } from '../chain/follow-chains.service.js';
import { DueTimer } from './due-timer.js';
import { SettleSystemPause } from '../system-pause/settle-system-pause.service.js';
import { PlanDueJobs } from './plan-due-jobs.service.js';

/** How often the planner looks when nothing wakes it. A look costs under a millisecond when nothing is due. */
const LOOK_EVERY_MS = 500;
/** Executions others left behind, retries, runs asked for and turns of chains are taken up this long before they are due. */
const FIND_LOOKAHEAD_MS = 2 * LOOK_EVERY_MS;
const FIND_LIMIT = 5_000;
const DISPATCH_SIZE = 1_000;
/** Chains are followed so often in one look; what is left then is followed in the next, at once. */
const CHAIN_TURNS = 5;
const SYNC_CLOCK_EVERY_MS = 30_000;

/**
 * The heart of scheduling: looks for what comes due, holds it, and dispatches it at its due millisecond. Any number
 * of them may run; what one that died was holding, the others find.
 */
@Injectable()
export class Planner {
  readonly #logger = new Logger(Planner.name);
  readonly #timer = new DueTimer<DueExecution>(
    () => this.clock.now(),
    (due) => this.#release(due),
  );
  readonly #dispatching = new Set<string>();
  readonly #inFlight = new Set<Promise<void>>();
  #isRunning = false;
  #isWoken = false;
  #rest: { timer: NodeJS.Timeout; end: () => void } | undefined;
  #loop: Promise<void> | undefined;
  #syncedAt = -Infinity;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: DatabaseClock,
    private readonly notifications: PgNotifications,
    private readonly planDueJobs: PlanDueJobs,
    private readonly systemPause: SettleSystemPause,
    private readonly backfills: FeedBackfills,
    private readonly chains: FollowChains,
    private readonly dispatcher: DispatchExecutions,
  ) {}

  start(): void {
    this.#isRunning = true;
    this.notifications.on(CHANNELS.wake, () => this.wake());
    this.#loop = this.#run();
  }

  /** Looks now instead of at the next turn. */
  wake(): void {
    this.#isWoken = true;
    this.#rest?.end();
  }

  /** Stops looking, lets go of what is held and waits for what is being dispatched. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#rest?.end();
    await this.#loop;
    this.#timer.clear();
    await Promise.all(this.#inFlight);
  }

  async #run(): Promise<void> {
    while (this.#isRunning) {
      this.#isWoken = false;
      try {
        await this.#look();
      } catch (error) {
        this.#logger.error(`The planner could not look for due jobs and will try again: ${String(error)}`);
      }
      await this.#pause();
    }
  }

  async #look(): Promise<void> {
    if (this.clock.now() - this.#syncedAt > SYNC_CLOCK_EVERY_MS) {
      await this.clock.sync();
      this.#syncedAt = this.clock.now();
    }
    if (!(await this.systemPause.settle())) return;
    const overdue = await this.planDueJobs.takeBackOverdue();
    if (overdue > 0) this.#logger.warn(`${overdue} planned executions are misfires by now; planned again.`);
    for (let hasMore = true; hasMore && this.#isRunning;) {
      const batch = await this.planDueJobs.plan();
      this.#timer.hold(batch.executions);
      if (batch.held > 0)
        this.#logger.warn(`Misfires of ${batch.held} jobs wait for a review: GET /api/v1/catchup.`);
      hasMore = batch.hasMore;
    }
    await this.backfills.feed();
    await this.#followChains();
    const found = await findDueExecutions(this.dataSource, FIND_LOOKAHEAD_MS, FIND_LIMIT);
    const released = await findReleasedExecutions(this.dataSource, FIND_LIMIT);
    this.#timer.hold([...found, ...released].filter(({ id }) => !this.#dispatching.has(id)));
  }

  /** What goes wrong here must not keep anything else from being dispatched. */
  async #followChains(): Promise<void> {
    try {
      for (let turn = 0; turn < CHAIN_TURNS; turn += 1) if ((await this.chains.follow()) === 0) return;
      this.#isWoken = true;
    } catch (error) {
      this.#logger.error(`Chains could not be followed and will be tried again: ${String(error)}`);
    }
  }

  #pause(): Promise<void> {
    if (this.#isWoken || !this.#isRunning) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(this.#rest?.timer);
        this.#rest = undefined;
        resolve();
      };
      this.#rest = { timer: setTimeout(end, LOOK_EVERY_MS), end };
    });
  }

  #release(due: DueExecution[]): void {
    for (let start = 0; start < due.length; start += DISPATCH_SIZE) {
      const dispatch = this.#dispatch(due.slice(start, start + DISPATCH_SIZE));
      this.#inFlight.add(dispatch);
      void dispatch.finally(() => this.#inFlight.delete(dispatch));
    }
  }

  async #dispatch(executions: DueExecution[]): Promise<void> {
    for (const { id } of executions) this.#dispatching.add(id);
    try {
      await this.dispatcher.dispatch(executions);
    } catch (error) {
      this.#logger.error(
        `${executions.length} due executions could not be dispatched and will be tried again: ${String(error)}`,
      );
    } finally {
      for (const { id } of executions) this.#dispatching.delete(id);
    }
  }
}
