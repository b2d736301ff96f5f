import { describe, expect, it } from 'vitest';

import type { DstPolicies } from './cron-schedule.js';
import { dstNote, leftOutNote } from './dst-note.js';
import { localTimeOf } from './local-time-of.js';
import { parseCron } from './parse-cron.js';

/** `localTime | note` of each of the next occurrences. */
function lines(
  expression: string,
  zone: string,
  from: string,
  count: number,
  policies?: DstPolicies,
): string[] {
  const schedule = parseCron(expression, zone, policies);
  const found: string[] = [];
  let since = Date.parse(from);
  for (let at = schedule.next(since); at !== undefined && found.length < count; at = schedule.next(at)) {
    const note = dstNote(schedule, at, since);
    found.push([localTimeOf(new Date(at), zone), note].filter(Boolean).join(' | '));
    since = at;
  }
  return found;
}

describe('local times', () => {
  it('show seconds of an offset of former times', () => {
    expect(lines('0 0 1 1 *', 'Africa/Monrovia', '1959-06-01T00:00Z', 1)).toEqual([
      '1960-01-01T00:00:00-00:44:30',
    ]);
  });
});

describe('notes', () => {
  it('shift: a time that does not exist', () => {
    expect(lines('30 2 * * *', 'Europe/Paris', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T03:30:00+02:00 | DST shift: 02:30 does not exist on 2026-03-29 (clocks go forward 1 h) and runs at 03:30 instead.',
      '2026-03-30T02:30:00+02:00',
    ]);
  });

  it('shift onto a run that is there anyway', () => {
    expect(lines('30 2,3 * * *', 'Europe/Paris', '2026-03-28T12:00Z', 1)).toEqual([
      '2026-03-29T03:30:00+02:00 | DST shift: 02:30 does not exist on 2026-03-29 (clocks go forward 1 h) and falls on the run of 03:30: one run.',
    ]);
    expect(lines('0 9 * * *', 'Pacific/Apia', '2011-12-30T00:00Z', 1)).toEqual([
      '2011-12-31T09:00:00+14:00 | DST shift: 09:00 does not exist on 2011-12-30 (clocks go forward 24 h) and falls on the run of 09:00 on 2011-12-31: one run.',
    ]);
  });

  it('skip: told at the next run, where a reader looks for it', () => {
    expect(lines('30 2 * * *', 'Europe/Paris', '2026-03-28T12:00Z', 2, { dstGap: 'skip' })).toEqual([
      '2026-03-30T02:30:00+02:00 | DST skip: 02:30 on 2026-03-29 does not exist (clocks go forward 1 h) and is skipped.',
      '2026-03-31T02:30:00+02:00',
    ]);
  });

  it('skip of several years and times at once', () => {
    expect(lines('*/15 2 * 3 SUN#2', 'America/New_York', '2026-01-01T00:00Z', 1, { dstGap: 'skip' })).toEqual(
      [],
    );
    expect(lines('0 0,2 8 3 *', 'America/New_York', '2026-03-08T05:00Z', 1, { dstGap: 'skip' })).toEqual([
      '2027-03-08T00:00:00-05:00 | DST skip: 02:00 on 2026-03-08 does not exist (clocks go forward 1 h) and is skipped.',
    ]);
  });

  it('repeat: a time that comes twice', () => {
    expect(lines('30 2 * * *', 'Europe/Paris', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T02:30:00+02:00 | DST repeat: 02:30 comes twice on 2026-10-25 (clocks go back) and runs the first time only.',
      '2026-10-26T02:30:00+01:00',
    ]);
    expect(lines('30 2 * * *', 'Europe/Paris', '2026-10-24T12:00Z', 2, { dstOverlap: 'both' })).toEqual([
      '2026-10-25T02:30:00+02:00 | DST repeat: 02:30 comes twice on 2026-10-25 (clocks go back) and runs both times, this is the first one.',
      '2026-10-25T02:30:00+01:00 | DST repeat: 02:30 comes twice on 2026-10-25 (clocks go back) and runs both times, this is the second one.',
    ]);
  });

  it('wildcard hours follow elapsed time, and say so', () => {
    expect(lines('*/30 * * * *', 'Australia/Lord_Howe', '2026-10-03T15:00Z', 3)).toEqual([
      '2026-10-04T02:30:00+11:00 | DST skip: 02:00 on 2026-10-04 does not exist (clocks go forward 30 min) so there is no run for it: hours with a wildcard or step follow elapsed time.',
      '2026-10-04T03:00:00+11:00',
      '2026-10-04T03:30:00+11:00',
    ]);
    expect(lines('0 */6 * * *', 'Pacific/Apia', '2011-12-30T05:00Z', 1)).toEqual([
      '2011-12-31T00:00:00+14:00 | DST skip: 00:00 to 18:00 on 2011-12-30 does not exist (clocks go forward 24 h) so there is no run for it: hours with a wildcard or step follow elapsed time.',
    ]);
  });

  it('is silent about changes that do not touch the schedule', () => {
    expect(lines('0 12 * * *', 'Europe/Paris', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T12:00:00+02:00',
      '2026-03-30T12:00:00+02:00',
    ]);
    expect(lines('0 */12 * * *', 'Europe/Paris', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T00:00:00+02:00',
      '2026-10-25T12:00:00+01:00',
    ]);
  });

  it('after the last run in view: what is left out before the next one', () => {
    const after = (expression: string, since: string, until: string, policies?: DstPolicies) =>
      leftOutNote(parseCron(expression, 'Europe/Paris', policies), Date.parse(since), Date.parse(until));
    const skip = { dstGap: 'skip' } as const;
    expect(after('30 2 * * *', '2026-03-28T01:30Z', '2026-03-30T00:30Z', skip)).toBe(
      'DST skip before the next run: 02:30 on 2026-03-29 does not exist (clocks go forward 1 h) and is skipped.',
    );
    expect(after('0 */2 * * *', '2026-03-28T23:00Z', '2026-03-29T02:00Z')).toBe(
      'DST skip before the next run: 02:00 on 2026-03-29 does not exist (clocks go forward 1 h) so there is no run for it: hours with a wildcard or step follow elapsed time.',
    );
    expect(after('30 2 * * *', '2026-03-28T01:30Z', '2026-03-30T00:30Z')).toBeUndefined();
    expect(after('30 2 * * *', '2026-03-27T01:30Z', '2026-03-28T01:30Z', skip)).toBeUndefined();
  });
});
