/** A notification is given up after so many attempts, some seven hours after the first. */
export const MAX_DELIVERY_ATTEMPTS = 16;

const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 3_600_000;

/** The wait after the nth attempt (from 1) has failed: 10 s, doubling, at most an hour; longer where the receiver asks. */
export function deliveryWaitMs(attempt: number, retryAfterMs = 0): number {
  return Math.max(Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS), retryAfterMs);
}
