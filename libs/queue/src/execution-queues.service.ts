import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type JobsOptions, Queue } from 'bullmq';
import { ChronosConfig } from '#config';
import { groupBy, JOB_TYPES, type JobType } from '#contracts';
import { type ExecutionMessage, type OutgoingMessage, queueName } from './message.js';
import { queueConnection } from './queue-connection.js';

export interface QueueDepth {
  waiting: number;
  active: number;
}

export type MessagePlace = 'waiting' | 'taken' | 'gone';

/** States in which a message will still reach a worker by itself. */
const WAITING_STATES = new Set(['waiting', 'prioritized', 'paused', 'delayed', 'waiting-children']);

/** How long `close` waits for a backend that does not answer; BullMQ's own has no bound. */
const CLOSE_TIMEOUT_MS = 2_000;

/** The producing end of the queues, one per job type. Fails fast while the backend is down. */
@Injectable()
export class ExecutionQueues implements OnApplicationShutdown {
  readonly #logger = new Logger(ExecutionQueues.name);
  readonly #queues: Record<JobType, Queue<ExecutionMessage>>;

  constructor(config: ChronosConfig) {
    const options = queueConnection(config, 'producer');
    this.#queues = Object.fromEntries(
      JOB_TYPES.map((type) => {
        const queue = new Queue<ExecutionMessage>(queueName(type), options);
        queue.on('error', (error) => this.#logger.warn(`Queue ${queue.name}: ${error.message}`));
        return [type, queue];
      }),
    ) as Record<JobType, Queue<ExecutionMessage>>;
  }

  /**
   * Resolves when the backend is connected, or after `timeoutMs` without it: until then every `add` fails, and what it
   * was to carry waits for the reconciler.
   */
  async whenReady(timeoutMs: number): Promise<void> {
    const ready = Promise.all(Object.values(this.#queues).map((queue) => queue.waitUntilReady()));
    // A backend that is away is reported by each queue's error events.
    await withinTime(
      ready.catch(() => undefined),
      timeoutMs,
    );
  }

  /**
   * Puts messages into their queues.
   * @throws what the backend throws; the messages of types that were reached before are in
   */
  async add(messages: OutgoingMessage[]): Promise<void> {
    const byType = groupBy(messages, (message) => message.type);
    await Promise.all(
      [...byType].map(([type, group]) =>
        this.#queues[type].addBulk(
          group.map(({ id, data, priority }) => ({ name: 'run', data, opts: messageOptions(id, priority) })),
        ),
      ),
    );
  }

  /** Where messages are: waiting for a worker, in a worker's hands, or gone. */
  async locate(type: JobType, messageIds: string[]): Promise<MessagePlace[]> {
    const states = await Promise.all(messageIds.map((id) => this.#queues[type].getJobState(id)));
    return states.map((state) => {
      if (WAITING_STATES.has(state)) return 'waiting';
      return state === 'active' ? 'taken' : 'gone';
    });
  }

  async depth(type: JobType): Promise<QueueDepth> {
    const counts = await this.#queues[type].getJobCounts('waiting', 'prioritized', 'active');
    return {
      waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0),
      active: counts['active'] ?? 0,
    };
  }

  async onApplicationShutdown(): Promise<void> {
    const closing = Promise.allSettled(Object.values(this.#queues).map((queue) => queue.close()));
    await withinTime(closing, CLOSE_TIMEOUT_MS);
  }
}

/** Waits for something, but no longer than it may take. */
async function withinTime(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
  await Promise.race([work, timeUp]);
  clearTimeout(timer);
}

/**
 * One delivery, nothing kept: PostgreSQL owns retries and history. BullMQ serves messages without a priority
 * before all others, so each gets one; its 1 is the most urgent.
 */
function messageOptions(jobId: string, priority: number): JobsOptions {
  return { jobId, attempts: 1, removeOnComplete: true, removeOnFail: true, priority: 11 - priority };
}
