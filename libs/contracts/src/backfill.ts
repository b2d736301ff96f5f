import type { OverlapPolicy } from './job.js';

/**
 * Which nominal times of a range a backfill runs: those that nothing ran (`missing`), those whose runs did not complete
 * (`failed`), or all of them again.
 */
export const BACKFILL_MODES = ['missing', 'failed', 'all'] as const;
export type BackfillMode = (typeof BACKFILL_MODES)[number];

/** `running`: not all of it is over. `cancelled`: what had not begun will not, what had may go on. */
export const BACKFILL_STATUSES = ['running', 'completed', 'cancelled'] as const;
export type BackfillStatus = (typeof BACKFILL_STATUSES)[number];

/** How runs of a backfill meet each other: one after another, or side by side. The other policies would leave some out. */
export const BACKFILL_OVERLAPS = ['buffer_all', 'allow_all'] as const satisfies OverlapPolicy[];
export type BackfillOverlap = (typeof BACKFILL_OVERLAPS)[number];
