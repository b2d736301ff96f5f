import type { JobType } from '#contracts';

/**
 * What travels through the queue: the ids of executions to run, and the range their nominal times lie in, which
 * lets PostgreSQL look into the right partitions only. Nothing of the job itself: queue data is clear text.
 */
export interface ExecutionMessage {
  executionIds: string[];
  /** Epoch milliseconds, both ends included. */
  scheduledFrom: number;
  scheduledTo: number;
}

/** A message on its way into a queue. */
export interface OutgoingMessage {
  /**
   * Names this dispatch, never the execution: while a message of the same id is in a queue, BullMQ drops a
   * second one without a word.
   */
  id: string;
  type: JobType;
  /** 0 (least urgent) to 10. */
  priority: number;
  data: ExecutionMessage;
}

/** One queue per type, so that types scale and fail apart. */
export function queueName(type: JobType): string {
  return `executions-${type}`;
}
