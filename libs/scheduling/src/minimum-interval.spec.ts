import { describe, expect, it } from 'vitest';

import { assertMinimumInterval, smallestIntervalSeconds } from './minimum-interval.js';
import { parseCron } from './parse-cron.js';

describe('smallestIntervalSeconds', () => {
  it.each([
    ['* * * * * *', 1],
    ['*/10 * * * * *', 10],
    ['*/7 * * * * *', 4], // 56 s to the next minute's 0 s
    ['0,5 0 0 1 1 *', 5],
    ['* * * * *', 60],
    ['*/25 * * * *', 600], // minute 50 to the next hour's 0
    ['0 * * * *', 3600],
    ['0 0,23 * * *', 3600], // across midnight
    ['0,59 0,23 * * *', 60],
    ['0,59 0,23 * * 1', 3540], // 00:00 and 00:59: no midnight between two such days
    ['0 9 * * *', 86_400],
    ['0 9 * * 1,3', 2 * 86_400],
    ['0 9 L * *', 28 * 86_400],
    ['0 9 1,L * *', 86_400],
    ['0 0 29 2 *', 1461 * 86_400],
  ])('%s: %s', (expression, seconds) => {
    expect(smallestIntervalSeconds(parseCron(expression, 'UTC'))).toBe(seconds);
  });
});

describe('assertMinimumInterval', () => {
  it.each([
    ['* * * * * *', 10, 'every 1 s', 'no less than 10 s', '"*/10 * * * * *"'],
    ['*/7 * * * * *', 5, 'every 4 s', 'no less than 5 s', '"*/5 * * * * *"'],
    ['*/30 * * * * *', 60, 'every 30 s', 'no less than 60 s', '"* * * * *"'],
    ['* * * * *', 300, 'every 60 s', 'no less than 300 s', '"*/5 * * * *"'],
    ['0 * * * *', 7200, 'every 3600 s', 'no less than 7200 s', '7200 s apart'],
  ])('refuses %s under %s s', (expression, minimum, ...words) => {
    const schedule = parseCron(expression, 'UTC');
    const check = () => assertMinimumInterval(schedule, minimum);
    for (const word of [...words, 'MIN_SCHEDULE_INTERVAL_SECONDS']) expect(check).toThrow(word);
    expect(check).toThrow(
      expect.objectContaining({ details: [{ field: 'cronExpression', message: expect.any(String) }] }),
    );
  });

  it('suggests what it would take itself', () => {
    for (const minimum of [2, 7, 10, 25, 30, 45, 60, 61, 400, 3600]) {
      const suggestion = suggestionFor(minimum);
      expect(() => assertMinimumInterval(parseCron(suggestion, 'UTC'), minimum)).not.toThrow();
    }
  });

  it('takes what is just wide enough', () => {
    expect(() => assertMinimumInterval(parseCron('*/10 * * * * *', 'UTC'), 10)).not.toThrow();
    expect(() => assertMinimumInterval(parseCron('* * * * *', 'UTC'), 60)).not.toThrow();
  });

  function suggestionFor(minimum: number): string {
    try {
      assertMinimumInterval(parseCron('* * * * * *', 'UTC'), minimum);
    } catch (error) {
      return /"([^"]+)"/.exec(String(error))?.[1] ?? '';
    }
    throw new Error(`every second was accepted under ${minimum} s`);
  }
});
