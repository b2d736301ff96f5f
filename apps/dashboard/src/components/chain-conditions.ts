import type { ChainCondition } from '#client';

/** How a job that another one runs after must have ended, read after its name. */
export const CONDITIONS: Record<ChainCondition, string> = {
  completed: 'has completed',
  failed: 'has failed',
  any: 'is over, either way',
};
