import { describe, expect, it } from 'vitest';
import { SlotPool } from './slot-pool.js';

const never = new AbortController().signal;

describe('SlotPool', () => {
  it('gives out no more than it has', () => {
    const pool = new SlotPool(3);
    expect([pool.take(2), pool.take(2), pool.take(1)]).toEqual([2, 1, 0]);
    pool.giveBack(2);
    expect(pool.free).toBe(2);
  });

  it('wakes who waits when a slot comes free', async () => {
    const pool = new SlotPool(1);
    pool.take(1);
    const waiting = pool.waitForFree(never);
    pool.giveBack();
    expect(await waiting).toBe(true);
  });

  it('gives up after its time, and at once when told to stop', async () => {
    const pool = new SlotPool(1);
    pool.take(1);
    expect(await pool.waitForFree(never, 1)).toBe(false);
    const stop = new AbortController();
    const waiting = pool.waitForFree(stop.signal);
    stop.abort();
    expect(await waiting).toBe(false);
  });
});
