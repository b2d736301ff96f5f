import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveTime } from './effective-time.js';

const noon = Date.UTC(2026, 0, 1, 12);

describe('effectiveTime', () => {
  it('is the same for the same job and time, and within the jitter', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 86_400_000 }), (jobId, jitter) => {
        const at = effectiveTime(jobId, noon, jitter, undefined);
        expect(at).toBeGreaterThanOrEqual(noon);
        expect(at).toBeLessThan(noon + jitter);
        expect(effectiveTime(jobId, noon, jitter, undefined)).toBe(at);
      }),
    );
  });

  it('never reaches the next nominal time', () => {
    fc.assert(
      fc.property(fc.uuid(), (jobId) => {
        expect(effectiveTime(jobId, noon, 3_600_000, noon + 1_000)).toBeLessThan(noon + 1_000);
      }),
    );
  });

  it('spreads jobs that share a time evenly', () => {
    const tenths = Array<number>(10).fill(0);
    for (let job = 0; job < 5_000; job += 1) {
      const tenth = Math.floor((effectiveTime(`job-${job}`, noon, 10_000, undefined) - noon) / 1_000);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 500)).toBeLessThan(120);
  });

  it('is the nominal time without jitter', () => {
    expect(effectiveTime('job', noon, 0, noon + 1_000)).toBe(noon);
  });
});
