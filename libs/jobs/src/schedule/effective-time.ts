import { createHash } from 'node:crypto';

/**
 * When an occurrence is due: its nominal time and a part of the jitter that follows from the job and that time, so that
 * it is the same whoever asks and whenever. Always before the next nominal time, so that occurrences keep their order.
 * @param nextAt the nominal time after this one, if there is one
 */
export function effectiveTime(
  jobId: string,
  at: number,
  jitterMs: number,
  nextAt: number | undefined,
): number {
  const range = Math.min(jitterMs, nextAt === undefined ? Infinity : nextAt - at);
  if (range <= 0) return at;
  const hash = createHash('sha256').update(`${jobId} ${at}`).digest().readUIntBE(0, 6);
  return at + (hash % range);
}
