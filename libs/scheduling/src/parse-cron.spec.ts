import { ChronosError } from '#contracts';
import { describe, expect, it } from 'vitest';

import { formatInstant } from './local-time.js';
import { occurrencesBetween } from './occurrences.js';
import { parseCron } from './parse-cron.js';

function faultOf(expression: string, timezone = 'UTC'): ChronosError {
  try {
    parseCron(expression, timezone);
  } catch (error) {
    if (error instanceof ChronosError) return error;
    throw error;
  }
  throw new Error(`"${expression}" was accepted`);
}

/** The dates an expression fires on in a month of 2026, in UTC. */
function daysIn(expression: string, month: string): number[] {
  const schedule = parseCron(expression, 'UTC');
  const fromExclusive = Date.parse(`2026-${month}-01T00:00:00Z`) - 1;
  const { occurrences } = occurrencesBetween(
    schedule,
    { fromExclusive, toInclusive: fromExclusive + 31 * 86_400_000 },
    100,
  );
  return [...new Set(occurrences.map((at) => new Date(at)))]
    .filter((at) => at.toISOString().startsWith(`2026-${month}`))
    .map((at) => at.getUTCDate());
}

describe('what is refused, and what the message says', () => {
  it.each([
    ['', 'five fields', 'not 0'],
    ['   ', 'five fields', 'not 0'],
    ['* * * *', 'five fields', 'not 4'],
    ['* * * * * * *', 'five fields', 'not 7'],
    [`${'1,'.repeat(300)}1 * * * *`, 'at most 512 characters', 'ranges'],
    ['@reboot', 'boot', '@daily'],
    ['@every 5m', 'does not know "@every 5m"', '@hourly'],
    ['@minutely', 'does not know', '@hourly'],
    ['@constructor', 'does not know', '@hourly'],
    ['0 25 * * *', 'hour: 25 is not within 0-23', 'use 0-23'],
    ['60 * * * *', 'minute: 60 is not within 0-59', 'use 0-59'],
    ['61 * * * * *', 'second: 61 is not within 0-59', 'use 0-59'],
    ['0 0 0 * *', 'day of month: 0 is not within 1-31', 'use 1-31'],
    ['0 0 * 13 *', 'month: 13 is not within 1-12', 'JAN-DEC'],
    ['0 0 * FOO *', 'month: "FOO" is not a value', 'JAN-DEC'],
    ['0 0 * * 8', 'day of week: 8 is not within 0-7', '0 and 7 are Sunday'],
    ['0 0 * * MONDAY', 'day of week: "MONDAY" is not a value', 'SUN-SAT'],
    ['0 0 * * 8L', 'day of week: "8L" is not a value', 'SUN-SAT'],
    ['a b c d e', 'minute: "A" is not a value', 'use 0-59'],
    ['1.5 * * * *', 'minute: "1.5" is not a value', 'use 0-59'],
    ['-5 * * * *', 'minute: "-5" is not a value', 'use 0-59'],
    ['1- * * * *', 'minute: "1-" is not a value', 'use 0-59'],
    ['1-2-3 * * * *', 'minute: "1-2-3" is not a range', '0-59'],
    ['0 22-2 * * *', 'hour: "22-2" runs backwards', '22-23,0-2'],
    ['*/0 * * * *', 'minute: "*/0" needs a step of at least 1', '*/5'],
    ['*/-5 * * * *', 'minute: "*/-5" needs a step of at least 1', '*/5'],
    ['1/2/3 * * * *', 'minute: "1/2/3" has more than one "/"', '*/5'],
    ['*/90 * * * *', 'minute: the step of "*/90"', 'would not fire every 90 minutes'],
    ['1,,2 * * * *', 'minute: a comma', '1,2,3'],
    ['1,1 * * * *', 'minute: "1" and "1" both name 1', 'once'],
    ['1-10,5 * * * *', 'minute: "1-10" and "5" both name 5', 'once'],
    ['0 0 * * SUN,7', 'day of week: "SUN" and "7" both name 0', 'once'],
    ['H * * * *', 'minute: "H"', 'name the minute'],
    ['? * * * *', 'minute: "?" is for the day fields only', '"*"'],
    ['0 0 LW * *', 'day of month: "LW"', 'not supported'],
    ['0 0 15W * *', 'day of month: "15W"', '1-5'],
    ['0 0 L-2 * *', 'day of month: "L-2"', '"L" alone'],
    ['0 0 * * L', 'day of week: "L" needs a weekday', '5L'],
    ['0 0 * * MON#6', 'day of week: "MON#6"', '1#2'],
    ['0 0 * * *#2', 'day of week: "*#2"', '1#2'],
    ['0 0 * * 1#2,3', 'day of week: "1#2" cannot stand in a list', 'one job'],
    ['0 0 30 2 *', 'never fires', 'day of month'],
    ['0 0 31 4,6,9,11 *', 'never fires', 'day of month'],
  ])('%j', (expression, ...words) => {
    const fault = faultOf(expression);
    expect(fault.code).toBe('VALIDATION_FAILED');
    expect(fault.details).toEqual([{ field: 'cronExpression', message: fault.message }]);
    for (const word of words) expect(fault.message).toContain(word);
    expect(fault.message.length).toBeLessThan(400);
  });

  it('a zone that does not exist', () => {
    const fault = faultOf('0 9 * * *', 'Europe/Londn');
    expect(fault.details).toEqual([
      { field: 'timezone', message: expect.stringContaining('"Europe/London"') },
    ]);
  });
});

describe('the dialect', () => {
  it.each([
    ['@hourly', '0 * * * *'],
    ['@daily', '0 0 * * *'],
    ['@midnight', '0 0 * * *'],
    ['@weekly', '0 0 * * 0'],
    ['@monthly', '0 0 1 * *'],
    ['@yearly', '0 0 1 1 *'],
    ['@annually', '0 0 1 1 *'],
    ['@Daily', '0 0 * * *'],
    ['0 9 * jan,DEC mon-Fri', '0 9 * 1,12 1-5'],
    ['0 9 * * 7', '0 9 * * 0'],
    ['0 9 * * FRI-7', '0 9 * * 5,6,0'],
    ['0 9 * * fril', '0 9 * * 5L'],
    ['0 9 l * *', '0 9 L * *'],
    ['0 9 ? * 1', '0 9 * * 1'],
    ['0 9 1 * ?', '0 9 1 * *'],
    ['0 0 9 * * *', '0 9 * * *'],
    ['  0\t9  * * *\n', '0 9 * * *'],
    ['5/20 * * * *', '5,25,45 * * * *'],
    ['0 0-22/6 * * *', '0 0,6,12,18 * * *'],
  ])('%j means %j', (expression, same) => {
    const range = { fromExclusive: Date.UTC(2026, 0, 1) - 1, toInclusive: Date.UTC(2028, 0, 1) };
    expect(occurrencesBetween(parseCron(expression, 'UTC'), range, 800)).toEqual(
      occurrencesBetween(parseCron(same, 'UTC'), range, 800),
    );
  });

  it('keeps the expression as written, but for spare white space', () => {
    expect(parseCron('  @daily ', 'UTC').expression).toBe('@daily');
    expect(parseCron(' 0   9 * * MON-fri', 'UTC').expression).toBe('0 9 * * MON-fri');
  });

  it.each([
    ['0 0 13 * 5', '02', [6, 13, 20, 27], 'both day fields restricted: either will do'],
    [
      '0 0 1-31 * 5',
      '02',
      Array.from({ length: 28 }, (_, day) => day + 1),
      'a range is a restriction, even of all days',
    ],
    ['0 0 */2 * 5', '02', [13, 27], 'a field that starts with * is none: both must match'],
    ['0 0 1 * */2', '03', [1], 'the same for the day of week'],
    ['0 0 L * *', '02', [28], 'last day of the month'],
    ['0 0 1,L * *', '04', [1, 30], 'last day in a list'],
    ['0 0 * * 5L', '01', [30], 'last Friday'],
    ['0 0 * * 1,5L', '01', [5, 12, 19, 26, 30], 'last Friday in a list'],
    ['0 0 * * 5#3', '01', [16], 'third Friday'],
    ['0 0 * * MON#5', '03', [30], 'fifth Monday'],
    ['0 0 * * MON#5', '02', [], 'no fifth Monday'],
    ['0 0 L * 5L', '02', [27, 28], 'last day or last Friday'],
    ['0 0 31 2,3 *', '03', [31], 'a day that one of the months has'],
  ])('%j in month %s fires on %j: %s', (expression, month, days) => {
    expect(daysIn(expression, month)).toEqual(days);
  });

  it('answers a 29 February over a century that is no leap year', () => {
    const schedule = parseCron('0 0 29 2 *', 'UTC');
    const found: string[] = [];
    for (let at = schedule.next(Date.UTC(2091, 0, 1)); at && found.length < 3; at = schedule.next(at)) {
      found.push(formatInstant(at, 0));
    }
    expect(found).toEqual([
      '2092-02-29T00:00:00+00:00',
      '2096-02-29T00:00:00+00:00',
      '2104-02-29T00:00:00+00:00',
    ]);
  });
});
