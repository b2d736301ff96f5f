import { describe, expect, it, vi } from 'vitest';
import { MicroBatcher } from './micro-batcher.js';

const double = (maxItems: number, maxInFlight = 1) => {
  const flush = vi.fn(async (items: number[]) => items.map((item) => item * 2));
  return { flush, batcher: new MicroBatcher({ maxWaitMs: 1, maxItems, maxInFlight, flush }) };
};

describe('MicroBatcher', () => {
  it('handles what comes together in one batch, answering each with its own result', async () => {
    const { batcher, flush } = double(10);
    expect(await Promise.all([1, 2, 3].map((item) => batcher.add(item)))).toEqual([2, 4, 6]);
    expect(flush.mock.calls).toEqual([[[1, 2, 3]]]);
  });

  it('splits at the batch size and loses nothing', async () => {
    const { batcher, flush } = double(2);
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => batcher.add(item)))).toEqual([2, 4, 6, 8, 10]);
    expect(flush.mock.calls.map(([items]) => items.length)).toEqual([2, 2, 1]);
  });

  it('does not wait for company when told to hurry', async () => {
    const flush = vi.fn(async (items: number[]) => items);
    const batcher = new MicroBatcher({ maxWaitMs: 3_600_000, maxItems: 10, maxInFlight: 1, flush });
    const result = batcher.add(1);
    batcher.hurry();
    expect(await result).toBe(1);
  });

  it('gathers while as many batches as allowed are under way', async () => {
    let finish: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (finish = resolve));
    const sizes: number[] = [];
    const batcher = new MicroBatcher<number, number>({
      maxWaitMs: 0,
      maxItems: 100,
      maxInFlight: 1,
      flush: async (items) => {
        sizes.push(items.length);
        if (sizes.length === 1) await blocked;
        return items;
      },
    });
    const first = batcher.add(0);
    await vi.waitFor(() => expect(sizes).toEqual([1]));
    const rest = [1, 2, 3, 4].map((item) => batcher.add(item));
    finish();
    await Promise.all([first, ...rest]);
    expect(sizes).toEqual([1, 4]);
  });

  it('rejects every item of a batch that failed and goes on with the next', async () => {
    let isBroken = true;
    const batcher = new MicroBatcher<number, number>({
      maxWaitMs: 0,
      maxItems: 2,
      maxInFlight: 1,
      flush: async (items) => {
        if (isBroken) throw new Error('database away');
        return items;
      },
    });
    await expect(Promise.allSettled([batcher.add(1), batcher.add(2)])).resolves.toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
    isBroken = false;
    expect(await batcher.add(3)).toBe(3);
  });
});
