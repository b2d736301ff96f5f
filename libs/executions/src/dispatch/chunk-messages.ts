import { v4 } from 'uuid';
import { groupBy } from '#contracts';
import type { OutgoingMessage } from '#queue';
import type { DueExecution } from '../create/insert-executions.js';

/** The most executions one message carries. */
export const MAX_PER_MESSAGE = 50;

/** Messages a wave is spread over before they grow: so that a small wave starts on several workers at once. */
const SPREAD = 16;

/**
 * Packs executions of one wave into messages by type and priority: one each while the wave is small, up to fifty
 * when it is large. One message per execution bounds throughput at half of what lists reach.
 */
export function chunkMessages(
  executions: DueExecution[],
): { message: OutgoingMessage; executions: DueExecution[] }[] {
  const groups = groupBy(executions, ({ type, priority }) => `${type}:${priority}`);
  return [...groups.values()].flatMap((group) => {
    const size = Math.min(MAX_PER_MESSAGE, Math.ceil(group.length / SPREAD));
    const chunks = [];
    for (let start = 0; start < group.length; start += size) {
      const chunk = group.slice(start, start + size);
      chunks.push({ message: messageFor(chunk, newMessageId()), executions: chunk });
    }
    return chunks;
  });
}

/** A message for executions of one type and priority; at least one. */
export function messageFor(executions: DueExecution[], id: string): OutgoingMessage {
  const [first] = executions;
  if (!first) throw new Error('A message carries at least one execution.');
  const times = executions.map(({ scheduledFor }) => scheduledFor);
  return {
    id,
    type: first.type,
    priority: first.priority,
    data: {
      executionIds: executions.map((execution) => execution.id),
      scheduledFrom: Math.min(...times),
      scheduledTo: Math.max(...times),
    },
  };
}

/** `x_` keeps the id from being all digits, which BullMQ refuses. */
export function newMessageId(): string {
  return `x_${v4()}`;
}
