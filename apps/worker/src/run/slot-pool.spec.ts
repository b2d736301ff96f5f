import { describe, expect, it } from 'vitest';
import { SlotPool } from './slot-pool.js';

const never = new AbortController().signal;
const PATIENT_MS = 60_000;

describe('SlotPool', () => {
  it('gives out no more than it has', async () => {
    const pool = new SlotPool(3);
    expect(await pool.take(2, never, PATIENT_MS)).toBe(2);
    expect(await pool.take(2, never, PATIENT_MS)).toBe(1);
    expect(pool.free).toBe(0);
    pool.giveBack(2);
    expect(pool.free).toBe(2);
  });

  it('serves who waits in the order they came, as slots come free', async () => {
    const pool = new SlotPool(1);
    await pool.take(1, never, PATIENT_MS);
    const served: string[] = [];
    const first = pool.take(1, never, PATIENT_MS).then(() => served.push('first'));
    const second = pool.take(1, never, PATIENT_MS).then(() => served.push('second'));
    pool.giveBack();
    await first;
    expect(served).toEqual(['first']);
    pool.giveBack();
    await second;
    expect(served).toEqual(['first', 'second']);
  });

  it('gives up once no slot comes free, and at once when told to stop', async () => {
    const pool = new SlotPool(1);
    await pool.take(1, never, PATIENT_MS);
    expect(await pool.take(1, never, 1)).toBe(0);
    const stop = new AbortController();
    const waiting = pool.take(1, stop.signal, PATIENT_MS);
    stop.abort();
    expect(await waiting).toBe(0);
    pool.giveBack();
    expect(await pool.take(1, never, PATIENT_MS)).toBe(1);
    expect(await pool.take(1, stop.signal, PATIENT_MS)).toBe(0);
  });
});
