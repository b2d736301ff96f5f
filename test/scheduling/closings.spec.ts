import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarRules, WEEKDAYS, type Weekday } from '#contracts';
import { anyOf, closedBetween, closedWindows, closingsOf, instantOfLocal, localOfInstant } from '#scheduling';
import { WallClock } from './wall-clock.js';

const MINUTE = 60_000;
/** No window of these tests begins or ends within one, and no clock changes within one. */
const QUARTER = 15 * MINUTE;
const DAY = 86_400_000;

const rules = (timezone: string, more: Partial<CalendarRules>): CalendarRules => ({
  timezone,
  dates: [],
  weekly: [],
  imports: [],
  ...more,
});
const window = (days: Weekday[], from: string, to: string) => ({ days, from, to, label: null });
const date = (from: string, to = from, label: string | null = null) => ({ from, to, label });
const at = (text: string) => Date.parse(text);
const iso = (instant: number) => new Date(instant).toISOString().replace(':00.000Z', 'Z');
const shown = (closures: { from: number; to: number }[]) =>
  closures.map(({ from, to }) => `${iso(from)} ${iso(to)}`);

/** The judge: reads the wall clock of one instant, and looks the reading up in the rules. */
function isClosed(
  { timezone, dates, weekly }: CalendarRules,
  instant: number,
  clock = new WallClock(timezone),
) {
  const local = new Date(instant + clock.offsetAt(instant));
  const day = local.toISOString().slice(0, 10);
  const time = local.toISOString().slice(11, 16);
  const weekdayOf = (shift: number) => WEEKDAYS[(local.getUTCDay() + 6 + shift) % 7] as Weekday;
  return (
    dates.some(({ from, to }) => from <= day && day <= to) ||
    weekly.some(({ days, from, to }) => {
      if (to > from) return days.includes(weekdayOf(0)) && from <= time && time < to;
      const isEvening = days.includes(weekdayOf(0)) && from <= time;
      return isEvening || (days.includes(weekdayOf(6)) && time < to);
    })
  );
}

describe('weekly windows about clock changes', () => {
  const nightly = (timezone: string) =>
    closingsOf(rules(timezone, { weekly: [window([...WEEKDAYS], '22:00', '06:00')] }));

  it('a night is an hour shorter in spring and an hour longer in autumn', () => {
    const paris = nightly('Europe/Paris');
    expect(shown(paris.within(at('2026-03-28T12:00Z'), at('2026-03-29T12:00Z')))).toEqual([
      '2026-03-28T21:00Z 2026-03-29T04:00Z',
    ]);
    expect(shown(paris.within(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z')))).toEqual([
      '2026-10-24T20:00Z 2026-10-25T05:00Z',
    ]);
  });

  it('half an hour in Lord Howe', () => {
    const closures = nightly('Australia/Lord_Howe').within(at('2026-04-04T06:00Z'), at('2026-04-05T06:00Z'));
    expect(shown(closures)).toEqual(['2026-04-04T11:00Z 2026-04-04T19:30Z']);
  });

  it('is closed each time the clock shows it, and never where it does not', () => {
    const window0130 = closingsOf(rules('Europe/Paris', { weekly: [window(['SUN'], '01:30', '02:30')] }));
    expect(shown(window0130.within(at('2026-10-24T22:00Z'), at('2026-10-25T12:00Z')))).toEqual([
      '2026-10-24T23:30Z 2026-10-25T00:30Z',
      '2026-10-25T01:00Z 2026-10-25T01:30Z',
    ]);
    const gone = closingsOf(rules('Europe/Paris', { weekly: [window(['SUN'], '02:00', '03:00')] }));
    expect(gone.within(at('2026-03-28T22:00Z'), at('2026-03-29T12:00Z'))).toEqual([]);
    expect(shown([gone.closureFrom(at('2026-03-28T22:00Z'))!])).toEqual([
      '2026-04-05T00:00Z 2026-04-05T01:00Z',
    ]);
  });

  it('a day the zone left out closes nothing', () => {
    const apia = closingsOf(rules('Pacific/Apia', { dates: [date('2011-12-30')] }));
    expect(apia.closureFrom(at('2011-12-01T00:00Z'))).toBeUndefined();
    const around = closingsOf(rules('Pacific/Apia', { dates: [date('2011-12-29', '2011-12-31')] }));
    expect(shown([around.closureAt(at('2011-12-30T10:00Z'))!])).toEqual([
      '2011-12-29T10:00Z 2011-12-31T10:00Z',
    ]);
  });

  it('a day that begins at one o’clock begins then', () => {
    const brazil = closingsOf(rules('America/Sao_Paulo', { dates: [date('2018-11-04')] }));
    expect(shown([brazil.closureAt(at('2018-11-04T12:00Z'))!])).toEqual([
      '2018-11-04T03:00Z 2018-11-05T02:00Z',
    ]);
  });
});

describe('closings', () => {
  it('agree with a reading of the wall clock for each quarter of an hour about clock changes', () => {
    const zones = [
      'UTC',
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Casablanca',
      'America/St_Johns',
    ];
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'));
    const time = clock.map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const weekly = fc
      .record({
        days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
        from: time,
        to: fc.oneof(time, fc.constant('24:00')),
        label: fc.constant(null),
      })
      .filter(({ from, to }) => from !== to);
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(weekly, { maxLength: 4 }),
        fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 2 }),
        fc.integer({ min: 0, max: 3 }),
        (timezone, windows, days, change) => {
          const wall = new WallClock(timezone);
          let start = at('2026-01-01T00:00Z');
          for (let index = 0; index < change; index += 1)
            start = wall.nextDayOfChange(start + DAY) ?? start + 100 * DAY;
          const dates = days.map((shift) => date(new Date(start + shift * DAY).toISOString().slice(0, 10)));
          const calendar = rules(timezone, { weekly: windows, dates });
          const closings = closingsOf(calendar);
          const expected: { from: number; to: number }[] = [];
          for (let instant = start - DAY; instant < start + 2 * DAY; instant += QUARTER) {
            const last = expected.at(-1);
            if (!isClosed(calendar, instant, wall)) continue;
            if (last?.to === instant) last.to += QUARTER;
            else expected.push({ from: instant, to: instant + QUARTER });
          }
          expect(closings.within(start - DAY, start + 2 * DAY)).toEqual(expected);
          for (const { from, to } of expected.slice(1, -1)) {
            expect(closings.closureAt(to - 1)).toEqual({ from, to });
            expect(closings.closureAt(to)).toBeUndefined();
            expect(closings.closureFrom(from - 1)).toEqual({ from, to });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('joins what touches over the new year, and follows a closure for years', () => {
    const holidays = closingsOf(
      rules('UTC', { dates: [date('2026-12-24', '2026-12-31'), date('2027-01-01', '2027-01-03')] }),
    );
    const whole = { from: at('2026-12-24T00:00Z'), to: at('2027-01-04T00:00Z') };
    expect(holidays.closureAt(at('2026-12-30T00:00Z'))).toEqual(whole);
    expect(holidays.closureAt(at('2027-01-01T00:00Z'))).toEqual(whole);
    const always = closingsOf(rules('UTC', { weekly: [window([...WEEKDAYS], '00:00', '24:00')] }));
    const closure = always.closureAt(at('2026-06-01T00:00Z'))!;
    expect(iso(closure.to)).toBe('2039-01-01T00:00Z');
    expect(closingsOf(rules('UTC', {})).closureFrom(0)).toBeUndefined();
  });

  it('of several calendars are those of any', () => {
    const both = anyOf([
      closingsOf(rules('UTC', { weekly: [window(['SAT', 'SUN'], '00:00', '24:00')] })),
      closingsOf(rules('UTC', { dates: [date('2026-07-31')] })),
    ]);
    expect(shown([both.closureAt(at('2026-08-01T10:00Z'))!])).toEqual([
      '2026-07-31T00:00Z 2026-08-03T00:00Z',
    ]);
  });

  it('count from after an edit up to the next', () => {
    const always = closingsOf(rules('UTC', { dates: [date('2026-07-01', '2026-07-31')] }));
    const inForce = closedBetween(always, at('2026-07-10T00:00Z'), at('2026-07-20T00:00Z'));
    expect(inForce.closureAt(at('2026-07-10T00:00Z'))).toBeUndefined();
    expect(inForce.closureAt(at('2026-07-10T00:00Z') + 1)).toEqual({
      from: at('2026-07-10T00:00Z') + 1,
      to: at('2026-07-20T00:00Z') + 1,
    });
    expect(inForce.closureAt(at('2026-07-20T00:00Z') + 1)).toBeUndefined();
  });

  it('of events are instants, or whole days of the zone', () => {
    const events = [
      { from: '2026-05-01', to: '2026-05-01', label: 'Labour Day' },
      { from: '2026-05-01T20:00:00.000Z', to: '2026-05-01T23:00:00.000Z', label: 'Move' },
    ];
    const calendar = rules('America/New_York', { imports: [{ source: 'hr', importedAt: '', events }] });
    expect(closedWindows(calendar, at('2026-05-01T00:00Z'), at('2026-05-03T00:00Z'))).toEqual([
      {
        from: at('2026-05-01T04:00Z'),
        to: at('2026-05-02T04:00Z'),
        kind: 'event',
        label: 'Labour Day',
        source: 'hr',
      },
      {
        from: at('2026-05-01T20:00Z'),
        to: at('2026-05-01T23:00Z'),
        kind: 'event',
        label: 'Move',
        source: 'hr',
      },
    ]);
    expect(closingsOf(calendar).within(at('2026-05-01T00:00Z'), at('2026-05-03T00:00Z'))).toHaveLength(1);
  });
});

describe('instantOfLocal', () => {
  const local = (text: string) => Date.parse(`${text}Z`);

  it.each([
    ['Europe/Paris', '2026-07-01T12:00', '2026-07-01T10:00Z'],
    ['Europe/Paris', '2026-03-29T02:30', '2026-03-29T01:30Z'],
    ['Europe/Paris', '2026-10-25T02:30', '2026-10-25T00:30Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:10', '2026-10-03T15:40Z'],
    ['Pacific/Apia', '2011-12-30T09:00', '2011-12-30T19:00Z'],
    ['America/Sao_Paulo', '2018-11-04T00:00', '2018-11-04T03:00Z'],
  ])('%s %s is %s', (zone, text, instant) => {
    expect(iso(instantOfLocal(local(text), zone))).toBe(instant);
  });

  it('is what Temporal calls compatible: the first that shows it, or as much later as the clock went forward', () => {
    const zones = [
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kathmandu',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }),
        (zone, minutes) => {
          const wall = new WallClock(zone);
          const shownAt = at('2025-06-01T00:00Z') + minutes * MINUTE;
          const [first = wall.instantBeforeChange(shownAt)] = wall.instantsOf(shownAt);
          expect(iso(instantOfLocal(shownAt, zone))).toBe(iso(first));
          expect(localOfInstant(first, zone)).toBe(first + wall.offsetAt(first));
        },
      ),
    );
  });
});
