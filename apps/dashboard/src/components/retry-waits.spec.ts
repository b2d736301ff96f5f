import { expect, it } from 'vitest';
import { retryWaits } from './retry-waits.js';

const USUAL = {
  strategy: 'exponential' as const,
  maxRetries: 3,
  retryDelay: 5_000,
  factor: 5,
  maxDelay: 86_400_000,
};

it.each([
  [{}, '5 s, 25 s, 2 min 5 s'],
  [{ maxRetries: 0 }, ''],
  [{ strategy: 'linear' as const, retryDelay: 1_000 }, '1 s, 2 s, 3 s'],
  [{ strategy: 'fixed' as const, maxRetries: 7 }, '5 s, 5 s, 5 s, 5 s, 5 s and so on'],
  [{ maxDelay: 20_000 }, '5 s, 20 s, 20 s'],
])('waits before retries: %j', (retries, words) => {
  expect(retryWaits({ ...USUAL, ...retries })).toBe(words);
});
