import { Injectable, Logger } from '@nestjs/common';
import { ChronosConfig } from '#config';
import { isRepeating, DEFAULT_BACKOFF, type ExecutionLogger, type ExecutionStatus } from '#contracts';
import {
  type ClaimedExecution,
  type Settlement,
  SettleExecutions,
  settlementOf,
  type SettleRequest,
} from '#executions';
import { ExecutorRegistry, runAttempt } from '#executors';
import { type JobDefinition, JobDefinitions, type VersionedDefinition } from '#jobs';
import { ExecutionMetrics } from '#monitoring';
import { isWatched } from '#notifications';
import { AttemptLoggers } from './attempt-loggers.service.js';
import { PreparePayload, redactEnd } from './prepare-payload.service.js';
import { abortAttempt, RunningExecutions } from './running-executions.js';

/** How long a result is offered to a database that does not take it, and how long between tries. */
const SETTLE_RETRY_MS = 1_000;

/**
 * The way of one attempt, from claim to settle:
 * load the version of the job it runs, prepare its payload, run the executor under a deadline, settle.
 */
@Injectable()
export class ExecutionRunner {
  readonly running = new RunningExecutions();
  readonly #logger = new Logger(ExecutionRunner.name);

  constructor(
    private readonly config: ChronosConfig,
    private readonly definitions: JobDefinitions,
    private readonly payloads: PreparePayload,
    private readonly executors: ExecutorRegistry,
    private readonly loggers: AttemptLoggers,
    private readonly settler: SettleExecutions,
    private readonly metrics: ExecutionMetrics,
  ) {}

  /**
   * Starts what was claimed.
   * @param claimedAt `performance.now()` from before the claim was sent: leases count from then
   * @param onEnd called once per execution that began, when its slot is free again
   * @returns how many began. Where their definitions cannot be read none do, and their leases run out.
   */
  async start(claimed: ClaimedExecution[], claimedAt: number, onEnd: () => void): Promise<number> {
    if (claimed.length === 0) return 0;
    const definitions = await this.definitions.load(
      claimed.map(({ jobId, jobVersion }) => ({ jobId, version: jobVersion })),
    );
    claimed.forEach((execution, index) => {
      const definition = definitions[index];
      if (definition) this.#startOne(execution, definition, claimedAt, onEnd);
    });
    return definitions.length;
  }

  #startOne(
    execution: ClaimedExecution,
    definition: VersionedDefinition,
    claimedAt: number,
    onEnd: () => void,
  ): void {
    const abort = new AbortController();
    const startedAt = performance.now();
    let durationMs = 0;
    const end = this.#attempt(execution, definition, abort).finally(() => {
      durationMs = performance.now() - startedAt;
      onEnd();
    });
    const done = end
      .then((settlement) => this.#settle(execution, definition, settlement, durationMs))
      .catch((error: unknown) => {
        this.#logger.error({
          msg: `An execution could not be settled: ${String(error)}`,
          executionId: execution.id,
          jobId: execution.jobId,
        });
      });
    const leaseEndsAt = claimedAt + this.config.worker.leaseMs;
    this.running.add({ id: execution.id, fence: execution.fence, abort, leaseEndsAt, done });
  }

  async #attempt(
    execution: ClaimedExecution,
    definition: VersionedDefinition,
    abort: AbortController,
  ): Promise<Settlement> {
    const timeoutMs = definition.timeoutMs;
    const timer = setTimeout(() => abortAttempt(abort, 'timeout'), timeoutMs);
    const { payload, fault, redactor } = await this.payloads.prepare(execution, definition);
    const log = this.loggers.open(execution, redactor);
    const run = () =>
      runAttempt(this.executors.get(execution.type), payload, {
        executionId: execution.id,
        jobId: execution.jobId,
        jobName: definition.name,
        attempt: execution.attempt,
        maxAttempts: execution.maxAttempts,
        scheduledFor: execution.scheduledFor,
        signal: abort.signal,
        deadline: new Date(Date.now() + timeoutMs),
        logger: log.logger,
      });
    try {
      const end = redactEnd(fault ?? (await run()), redactor);
      const settlement = settlementOf(end, {
        attempt: execution.attempt,
        maxAttempts: execution.maxAttempts,
        retryDelayMs: definition.retryDelayMs,
        backoff: { ...DEFAULT_BACKOFF, ...definition.backoff },
      });
      explainFailure(log.logger, execution, settlement);
      return settlement;
    } finally {
      clearTimeout(timer);
      await log.flush();
    }
  }

  async #settle(
    execution: ClaimedExecution,
    definition: JobDefinition,
    settlement: Settlement,
    durationMs: number,
  ): Promise<void> {
    const status = await this.#offer({
      id: execution.id,
      jobId: execution.jobId,
      scheduledFor: execution.scheduledFor,
      fence: execution.fence,
      isOneOff: !isRepeating(definition.scheduleType),
      isAwaited: execution.isBackfill || execution.isFollowed || isAwaited(definition),
      isWatched: isWatched(definition.notifications),
      settlement,
    });
    if (status === undefined) {
      this.#logger.warn({
        msg: `The result of fence ${execution.fence} came too late and is void`,
        executionId: execution.id,
        jobId: execution.jobId,
      });
      return;
    }
    const { type, attempt, startedAt, effectiveAt } = execution;
    const latenessMs = attempt === 1 ? startedAt.getTime() - effectiveAt.getTime() : undefined;
    this.metrics.settled({ type, status, durationMs, latenessMs });
    this.#tell(execution, status, durationMs);
  }

  /** One line of the process log for each attempt. What the job itself wrote, and why it failed, is in the job's logs. */
  #tell(execution: ClaimedExecution, status: ExecutionStatus, durationMs: number): void {
    const { id: executionId, jobId, type, attempt } = execution;
    const line = {
      msg: `Execution ${status}`,
      executionId,
      jobId,
      type,
      attempt,
      durationMs: Math.round(durationMs),
    };
    if (status === 'failed' || status === 'timed_out') this.#logger.warn(line);
    else this.#logger.log(line);
  }

  /** Offers a result until it is taken or the lease is over: then another worker may hold the execution. */
  async #offer(request: SettleRequest): Promise<ExecutionStatus | undefined> {
    for (;;) {
      try {
        return await this.settler.settle(request);
      } catch (error) {
        const attempt = this.running.get(request.id);
        if (!attempt || performance.now() > attempt.leaseEndsAt) throw error;
        this.#logger.warn({
          msg: `Settling failed, trying again: ${String(error)}`,
          executionId: request.id,
          jobId: request.jobId,
        });
        await new Promise((resolve) => setTimeout(resolve, SETTLE_RETRY_MS));
      }
    }
  }
}

/** Whoever reads the logs of a job finds there why it failed: `error` when that is final, else `warn`. */
function explainFailure(
  logger: ExecutionLogger,
  { attempt, maxAttempts }: ClaimedExecution,
  { status, attemptStatus, dueInMs, error }: Settlement,
): void {
  if (!error || (attemptStatus !== 'failed' && attemptStatus !== 'timed_out')) return;
  const what = `Attempt ${attempt} of ${maxAttempts} ${attemptStatus === 'failed' ? 'failed' : 'timed out'}: ${error.message}`;
  const data = { code: error.code, retryable: error.retryable };
  if (status === 'retrying') logger.warn(`${what} (tried again in ${dueInMs} ms)`, data);
  else logger.error(what, data);
}

/** `skip` and an unbounded `allow_all` let nothing wait. */
function isAwaited({ overlapPolicy, maxConcurrency }: JobDefinition): boolean {
  return overlapPolicy === 'allow_all' ? typeof maxConcurrency === 'number' : overlapPolicy !== 'skip';
}
