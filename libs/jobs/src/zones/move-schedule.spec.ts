import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTimeOf, recordedTimeline, type ZoneOffset } from '#scheduling';
import { type PlannedJobRow, scheduleOfRow } from '../planning/planned-job.js';
import { moveSchedule, type ScheduleMove } from './move-schedule.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2024, 0, 1);
const UNTIL = Date.UTC(2027, 0, 1);
/** It has been at +05:45 since 1986. */
const ZONE = 'Asia/Kathmandu';
const CREATED = Date.parse('2024-01-10T00:00:00Z');

/** What the former zone data said: a quarter of an hour less, all the time. */
const BEHIND: ZoneOffset[] = [{ atMs: FROM, offsetMs: 5.5 * HOUR }];

function timelineOf(offsets: ZoneOffset[]) {
  return recordedTimeline({ timezone: ZONE, fromMs: FROM, untilMs: UNTIL, offsets });
}

function jobOf(expression: string, nextRunAt: number, more: Partial<PlannedJobRow> = {}): PlannedJobRow {
  return {
    id: '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11',
    type: 'custom',
    priority: 0,
    max_retries: 0,
    schedule_type: 'recurring',
    scheduled_at: null,
    cron_expression: expression,
    timezone: ZONE,
    dst_gap: 'shift',
    dst_overlap: 'first',
    every_ms: null,
    starts_at: null,
    ends_at: null,
    max_runs: null,
    jitter_ms: 0,
    pause_after_failures: null,
    calendars: [],
    created_at: new Date(CREATED),
    misfire_policy: 'fire_once',
    catchup_window_ms: String(DAY),
    next_run_at: new Date(nextRunAt),
    now: new Date(nextRunAt),
    ...more,
  };
}

function move(
  job: PlannedJobRow,
  offsets = BEHIND,
  more: { effectiveAt?: number; adoptedAt?: number; runsLeft?: number } = {},
): ScheduleMove | undefined {
  return moveSchedule({
    job,
    former: timelineOf(offsets),
    knownFrom: FROM,
    knownUntil: UNTIL,
    effectiveAt: CREATED,
    adoptedAt: Date.parse('2024-06-01T00:00:00Z'),
    runsLeft: Infinity,
    ...more,
  });
}

const at = (text: string) => Date.parse(`${text}Z`);
const iso = (instant: number | undefined) => instant && new Date(instant).toISOString().slice(0, 16);

describe('moveSchedule', () => {
  it('moves the next run, and tells the first that moved', () => {
    const found = move(jobOf('0 9 * * *', at('2024-06-02T03:30')));
    expect(iso(found?.nextRunAt)).toBe('2024-06-02T03:15');
    expect(found?.moved).toEqual({ before: at('2024-06-02T03:30'), after: at('2024-06-02T03:15') });
    // What ran by the former data stays theirs.
    expect(iso(found?.untilAt)).toBe('2024-06-01T03:30');
  });

  it('does not run a local time again that has run', () => {
    const ahead = [{ atMs: FROM, offsetMs: 6 * HOUR }];
    // 09:00 ran at 03:00; by the new data it is 09:00 at 03:15.
    const found = move(jobOf('0 9 * * *', at('2024-06-02T03:00')), ahead);
    expect(iso(found?.nextRunAt)).toBe('2024-06-02T03:15');
    expect([iso(found?.untilAt), iso(found?.effectiveAt)]).toEqual(['2024-06-01T03:00', '2024-06-01T03:15']);
  });

  it('leaves a run that is over by the new data to the misfire policy', () => {
    // It is 03:20 now: the run of 09:00 was due five minutes ago, and not at 03:30.
    const found = move(jobOf('0 9 * * *', at('2024-06-02T03:30'), { now: new Date(at('2024-06-02T03:20')) }));
    expect(iso(found?.nextRunAt)).toBe('2024-06-02T03:15');
  });

  it('goes from the last edit on where nothing ran since', () => {
    const found = move(jobOf('0 9 * * *', at('2024-06-02T03:30')), BEHIND, {
      effectiveAt: at('2024-05-31T20:00') + DAY,
    });
    expect(iso(found?.nextRunAt)).toBe('2024-06-02T03:15');
    expect(iso(found?.untilAt)).toBe('2024-06-01T20:00');
  });

  it('leaves alone what the new data make no difference to', () => {
    expect(move(jobOf('*/15 * * * *', at('2024-06-02T03:30')))).toBeUndefined();
    // Different only after the schedule has ended, or has had all its runs.
    const later = [
      { atMs: FROM, offsetMs: 5.75 * HOUR },
      { atMs: Date.UTC(2025, 0, 1), offsetMs: 5.5 * HOUR },
    ];
    const next = at('2024-06-02T03:15');
    expect(move(jobOf('0 9 * * *', next), later)?.moved?.before).toBe(at('2025-01-01T03:30'));
    expect(move(jobOf('0 9 * * *', next, { ends_at: new Date(UNTIL - 800 * DAY) }), later)).toBeUndefined();
    expect(move(jobOf('0 9 * * *', next), later, { runsLeft: 200 })).toBeUndefined();
    expect(move(jobOf('0 9 * * *', next), later, { runsLeft: 300 })).toBeDefined();
  });

  it('tells what differs in the past only as no run to come', () => {
    const past = [
      { atMs: FROM, offsetMs: 5.5 * HOUR },
      { atMs: Date.UTC(2024, 4, 1), offsetMs: 5.75 * HOUR },
    ];
    const found = move(jobOf('0 9 * * *', at('2024-06-02T03:15')), past);
    expect(found).toMatchObject({ nextRunAt: at('2024-06-02T03:15'), moved: undefined });
  });

  it('leaves alone what was made or planned by the new data', () => {
    const next = at('2024-06-02T03:15');
    const made = { effectiveAt: at('2024-06-01T12:00') };
    expect(move(jobOf('0 9 * * *', next), BEHIND, made)).toBeUndefined();
    expect(move(jobOf('0 9 * * *', next))).toMatchObject({
      nextRunAt: next,
      untilAt: at('2024-06-01T00:00'),
      effectiveAt: at('2024-06-01T00:00'),
    });
    // By a process with the former data, after the new ones were taken up.
    expect(move(jobOf('0 9 * * *', at('2024-06-02T03:30')), BEHIND, made)?.nextRunAt).toBe(next);
  });

  it('has nothing to come where the new data put it behind the end', () => {
    const ahead = [{ atMs: FROM, offsetMs: 6 * HOUR }];
    const ending = { ends_at: new Date(at('2024-06-02T03:00')) };
    expect(move(jobOf('0 9 * * *', at('2024-06-02T03:00'), ending), ahead)).toMatchObject({
      nextRunAt: undefined,
    });
  });

  it('loses no day and doubles none, whatever the clocks were thought to do', () => {
    const offset = fc.integer({ min: -6, max: 6 }).map((quarters) => (5.75 + quarters / 4) * HOUR);
    const change = fc.tuple(fc.integer({ min: 0, max: 300 }), offset);
    const offsets = fc
      .array(change, { minLength: 1, maxLength: 4 })
      .map((changes) =>
        changes
          .map(([day, offsetMs], index) => ({ atMs: index === 0 ? FROM : FROM + day * DAY, offsetMs }))
          .toSorted((a, b) => a.atMs - b.atMs),
      );
    const clock = fc.tuple(fc.integer({ min: 3, max: 22 }), fc.integer({ min: 0, max: 59 }));
    const moment = fc.integer({ min: CREATED + 3 * DAY, max: Date.UTC(2024, 11, 1) });
    fc.assert(
      fc.property(offsets, clock, moment, (thought, [hour, minute], adoptedAt) => {
        const expression = `${minute} ${hour} * * *`;
        const former = timelineOf(thought);
        const before = scheduleOfRow(jobOf(expression, 0), undefined, former);
        const nextRunAt = before.next(adoptedAt) ?? 0;
        const job = jobOf(expression, nextRunAt);
        const found = move(job, thought, { adoptedAt });
        const { untilAt, effectiveAt } = found ?? { untilAt: adoptedAt, effectiveAt: adoptedAt };

        const byFormer = walk(before, CREATED, untilAt);
        const byPresent = walk(scheduleOfRow(job, undefined), effectiveAt, UNTIL - 300 * DAY);
        expect(byPresent[0]).toBe(found?.nextRunAt ?? nextRunAt);
        const days = [
          ...byFormer.map((one) => localTimeOf(new Date(one), ZONE, former)),
          ...byPresent.map((one) => localTimeOf(new Date(one), ZONE)),
        ].map((text) => Date.parse(text.slice(0, 10)) / DAY);
        expect(days).toEqual(days.map((_, index) => (days[0] ?? 0) + index));
      }),
      { numRuns: 300 },
    );
  });
});

/** After one instant, up to another, both as in the versions of record. */
function walk(schedule: ReturnType<typeof scheduleOfRow>, after: number, upTo: number): number[] {
  const found: number[] = [];
  let next = schedule.next(after);
  while (next !== undefined && next <= upTo) {
    found.push(next);
    next = schedule.next(next);
  }
  return found;
}
