import { describe, expect, it } from 'vitest';

import { scheduleOf } from './schedule-cache.js';

describe('scheduleOf', () => {
  it('answers the same schedule again', () => {
    expect(scheduleOf('0 9 * * *', 'Europe/Paris')).toBe(scheduleOf('0 9 * * *', 'Europe/Paris'));
    expect(scheduleOf('0 9 * * *', 'Europe/Paris', {})).toBe(
      scheduleOf('0 9 * * *', 'Europe/Paris', { dstGap: 'shift', dstOverlap: 'first' }),
    );
  });

  it('tells zones and policies apart', () => {
    const paris = scheduleOf('0 9 * * *', 'Europe/Paris');
    const others = [
      scheduleOf('0 9 * * *', 'Europe/Berlin'),
      scheduleOf('0 9 * * *', 'Europe/Paris', { dstGap: 'skip' }),
      scheduleOf('0 9 * * *', 'Europe/Paris', { dstOverlap: 'both' }),
    ];
    expect(new Set([paris, ...others]).size).toBe(4);
    expect(others.map(({ timezone, dstGap, dstOverlap }) => [timezone, dstGap, dstOverlap])).toEqual([
      ['Europe/Berlin', 'shift', 'first'],
      ['Europe/Paris', 'skip', 'first'],
      ['Europe/Paris', 'shift', 'both'],
    ]);
  });

  it('refuses what parseCron refuses, each time', () => {
    for (let time = 0; time < 2; time++) expect(() => scheduleOf('nonsense', 'UTC')).toThrow('five fields');
  });
});
