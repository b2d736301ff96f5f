import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DueTimer } from './due-timer.js';

describe('DueTimer', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  const collect = () => {
    const released: { id: string; dueAt: number; at: number }[] = [];
    const timer = new DueTimer<{ id: string; dueAt: number }>(Date.now, (items) =>
      released.push(...items.map((item) => ({ ...item, at: Date.now() }))),
    );
    return { released, timer };
  };

  it('releases each item at its moment, never before, whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }), (dueTimes) => {
        vi.setSystemTime(0);
        const { released, timer } = collect();
        timer.hold(dueTimes.map((dueAt, index) => ({ id: String(index), dueAt })));
        vi.advanceTimersByTime(5_010);
        expect(released.map(({ dueAt }) => dueAt)).toEqual(dueTimes.toSorted((a, b) => a - b));
        for (const { dueAt, at } of released) {
          expect(at).toBeGreaterThanOrEqual(dueAt);
          expect(at).toBeLessThanOrEqual(dueAt + 2);
        }
        expect(timer.size).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('holds an item once, and again after it was released', () => {
    const { released, timer } = collect();
    timer.hold([{ id: 'a', dueAt: 10 }]);
    timer.hold([{ id: 'a', dueAt: 10 }]);
    vi.advanceTimersByTime(20);
    expect(released).toHaveLength(1);
    timer.hold([{ id: 'a', dueAt: 10 }]);
    vi.advanceTimersByTime(20);
    expect(released).toHaveLength(2);
  });

  it('lets an earlier item overtake', () => {
    const { released, timer } = collect();
    timer.hold([{ id: 'late', dueAt: 3_000 }]);
    vi.advanceTimersByTime(100);
    timer.hold([{ id: 'early', dueAt: 200 }]);
    vi.advanceTimersByTime(150);
    expect(released.map(({ id }) => id)).toEqual(['early']);
  });

  it('releases nothing after clear', () => {
    const { released, timer } = collect();
    timer.hold([{ id: 'a', dueAt: 10 }]);
    timer.clear();
    vi.advanceTimersByTime(100);
    expect(released).toEqual([]);
  });
});
