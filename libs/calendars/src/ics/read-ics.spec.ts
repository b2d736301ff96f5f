import { describe, expect, it } from 'vitest';
import { ChronosError } from '#contracts';
import { MAX_CLOSURES, readIcs } from './read-ics.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

const file = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    ...events.flatMap((lines, index) => {
      const uid = lines.some((line) => line.startsWith('UID')) ? [] : [`UID:${index}`];
      return ['BEGIN:VEVENT'].concat(uid, lines, 'END:VEVENT');
    }),
    'END:VCALENDAR',
  ].join('\r\n');

const read = (text: string, timezone = 'Europe/Berlin') => readIcs(text, timezone, NOW);
const closuresOf = async (...events: string[][]) =>
  (await read(file(...events))).closures.map(({ from, to }) => `${from} ${to}`);
const refusalOf = async (...lines: string[]) => {
  const { report, closures } = await read(file(['SUMMARY:It', ...lines]));
  expect([closures, report.taken]).toEqual([[], 0]);
  return report.notTaken;
};

describe('an event of an iCalendar file', () => {
  it('of whole days is closed on them, its DTEND not being one', async () => {
    expect(
      await closuresOf(
        ['DTSTART;VALUE=DATE:20260403', 'DTEND;VALUE=DATE:20260407', 'SUMMARY:Easter'],
        ['DTSTART;VALUE=DATE:20260501'],
        ['DTSTART;VALUE=DATE:20260514', 'DURATION:P2D'],
        ['DTSTART;VALUE=DATE:20260525', 'DTEND;VALUE=DATE:20260525'],
      ),
    ).toEqual([
      '2026-04-03 2026-04-06',
      '2026-05-01 2026-05-01',
      '2026-05-14 2026-05-15',
      '2026-05-25 2026-05-25',
    ]);
  });

  it('with times is closed from one instant to another, whoever names its zone', async () => {
    const outlook = ['DTSTART;TZID=W. Europe Standard Time:20260302T090000', 'DURATION:PT30M'];
    expect(
      await closuresOf(
        ['DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z'],
        ['DTSTART;TZID=America/New_York:20260302T090000', 'DTEND;TZID=America/New_York:20260302T100000'],
        ['DTSTART:20260302T090000', 'DTEND:20260302T103000'],
        ['DTSTART;TZID=/example.org/20250101_1/Asia/Tokyo:20260302T090000', 'DURATION:PT1H'],
        outlook,
      ),
    ).toEqual([
      '2026-03-02T00:00:00.000Z 2026-03-02T01:00:00.000Z',
      '2026-03-02T08:00:00.000Z 2026-03-02T09:30:00.000Z',
      '2026-03-02T08:00:00.000Z 2026-03-02T08:30:00.000Z',
      '2026-03-02T09:00:00.000Z 2026-03-02T10:00:00.000Z',
      '2026-03-02T14:00:00.000Z 2026-03-02T15:00:00.000Z',
    ]);
  });

  it('keeps its label, also one of several lines', async () => {
    const { closures } = await read(file(['DTSTART;VALUE=DATE:20260501', 'SUMMARY:Tag der\\, Arb', ' eit']));
    expect(closures).toEqual([{ from: '2026-05-01', to: '2026-05-01', label: 'Tag der, Arbeit' }]);
  });

  it('repeats by its rule, on the clock of its zone', async () => {
    expect(
      await closuresOf([
        'DTSTART;TZID=Europe/Berlin:20260322T020000',
        'DTEND;TZID=Europe/Berlin:20260322T040000',
        'RRULE:FREQ=WEEKLY;COUNT=3',
      ]),
    ).toEqual([
      '2026-03-22T01:00:00.000Z 2026-03-22T03:00:00.000Z',
      // 02:00 does not exist on that day, and is an hour later.
      '2026-03-29T01:00:00.000Z 2026-03-29T03:00:00.000Z',
      '2026-04-05T00:00:00.000Z 2026-04-05T02:00:00.000Z',
    ]);
  });

  it.each([
    [
      'each last Friday',
      'FREQ=MONTHLY;BYDAY=-1FR;COUNT=3',
      '20260327',
      ['2026-03-27', '2026-04-24', '2026-05-29'],
    ],
    ['a day of the year', 'FREQ=YEARLY', '20200704', ['2026-07-04', '2027-07-04']],
    ['a leap day', 'FREQ=YEARLY', '20240229', ['2028-02-29']],
    ['each 31st', 'FREQ=MONTHLY;COUNT=3', '20260331', ['2026-03-31', '2026-05-31', '2026-07-31']],
    [
      'every other week since long',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20260315',
      '20240101',
      ['2026-02-09', '2026-02-11', '2026-02-23', '2026-02-25', '2026-03-09', '2026-03-11'],
    ],
    [
      'until a date, included',
      'FREQ=DAILY;UNTIL=20260304',
      '20260302',
      ['2026-03-02', '2026-03-03', '2026-03-04'],
    ],
    ['Thanksgiving', 'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '20201126', ['2026-11-26', '2027-11-25']],
  ])('%s', async (_, rule, start, days) => {
    const { closures } = await read(file([`DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`]));
    expect(closures.map(({ from }) => from)).toEqual(days.filter((day) => day < '2028-03-01'));
  });

  it('until an instant means the clock of its own zone', async () => {
    const rule = (until: string) => [
      'DTSTART;TZID=America/New_York:20260302T220000',
      'DURATION:PT1H',
      `RRULE:FREQ=DAILY;UNTIL=${until}`,
    ];
    expect(await closuresOf(rule('20260304T030000Z'))).toHaveLength(2);
    expect(await closuresOf(rule('20260304T025959Z'))).toHaveLength(1);
  });

  it('comes at its RDATEs too, and not at its EXDATEs', async () => {
    expect(
      await closuresOf([
        'DTSTART;TZID=Europe/Berlin:20260302T090000',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=4',
        'EXDATE;TZID=Europe/Berlin:20260303T090000',
        'EXDATE:20260304T080000Z',
        'RDATE;TZID=Europe/Berlin:20260310T150000,20260311T150000',
      ]),
    ).toEqual([
      '2026-03-02T08:00:00.000Z 2026-03-02T09:00:00.000Z',
      '2026-03-05T08:00:00.000Z 2026-03-05T09:00:00.000Z',
      '2026-03-10T14:00:00.000Z 2026-03-10T15:00:00.000Z',
      '2026-03-11T14:00:00.000Z 2026-03-11T15:00:00.000Z',
    ]);
    expect(
      await closuresOf([
        'DTSTART;VALUE=DATE:20260302',
        'RRULE:FREQ=DAILY;COUNT=3',
        'EXDATE;VALUE=DATE:20260303',
      ]),
    ).toEqual(['2026-03-02 2026-03-02', '2026-03-04 2026-03-04']);
  });

  it('has occurrences that were moved or cancelled by themselves', async () => {
    const series = ['UID:s', 'DTSTART:20260302T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'];
    const moved = ['UID:s', 'RECURRENCE-ID:20260303T090000Z', 'DTSTART:20260303T150000Z', 'DURATION:PT2H'];
    const gone = ['UID:s', 'RECURRENCE-ID:20260304T090000Z', 'DTSTART:20260304T090000Z', 'STATUS:CANCELLED'];
    const { closures, report } = await read(file(moved, series, gone));
    expect(closures.map(({ from }) => from)).toEqual([
      '2026-03-02T09:00:00.000Z',
      '2026-03-03T15:00:00.000Z',
    ]);
    expect(report).toMatchObject({ events: 1, taken: 1, closures: 2, notTakenCount: 0 });
  });

  it('that is over, or far ahead, is outside', async () => {
    const { report } = await read(
      file(
        ['DTSTART;VALUE=DATE:20250101'],
        ['DTSTART;VALUE=DATE:20300101'],
        ['DTSTART;VALUE=DATE:20260101', 'DTEND;VALUE=DATE:20260215'],
      ),
    );
    expect(report).toMatchObject({
      events: 3,
      taken: 1,
      outside: 2,
      notTaken: [],
      from: '2026-01-29T12:00:00.000Z',
      to: '2028-03-01T12:00:00.000Z',
    });
  });
});

describe('what cannot be taken is named, with the reason', () => {
  it.each([
    [['DTSTART:20260302T090000Z'], /no length/],
    [['DTSTART:20260302T090000Z', 'DTEND:20260302T080000Z'], /no length/],
    [['DURATION:PT1H'], /no DTSTART/],
    [['DTSTART;VALUE=DATE:20260230'], /no date or time/],
    [['DTSTART:soon', 'DURATION:PT1H'], /no date or time/],
    [['DTSTART;VALUE=DATE:20260302', 'STATUS:CANCELLED'], /is cancelled/],
    [['DTSTART;TZID=Mars/Olympus:20260302T090000', 'DURATION:PT1H'], /"Mars\/Olympus"/],
    [['DTSTART:20260302T090000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'], /more often than once a day/],
    [['DTSTART;VALUE=DATE:20260302', 'RRULE:FREQ=SOMETIMES'], /cannot be read: invalid frequency/],
    [['DTSTART;VALUE=DATE:20260302', 'RRULE:FREQ=DAILY;INTERVAL=999999999'], /too long/],
    [['DTSTART;VALUE=DATE:20260302', 'EXRULE:FREQ=DAILY'], /EXRULE/],
    [
      ['DTSTART:20260302T090000Z', 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20260302T090000Z/PT5H'],
      /length of its own/,
    ],
  ])('%j', async (lines, reason) => {
    expect(await refusalOf(...lines)).toEqual([{ event: 'It', reason: expect.stringMatching(reason) }]);
  });

  it.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;INTERVAL=1000',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=MONTHLY;INTERVAL=48;BYDAY=5MO',
    'FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=15,16,17,18,19,20,21',
    'FREQ=YEARLY;BYYEARDAY=366;INTERVAL=100',
    `FREQ=YEARLY;BYMONTHDAY=${'31,'.repeat(5_000)}31`,
  ])('a rule that never comes to an end does: %.40s', async (rule) => {
    const { report } = await read(file(['DTSTART;VALUE=DATE:20250228', `RRULE:${rule}`]));
    expect(report.events).toBe(1);
  });

  it('no more than the earliest 5,000 closures are taken, and the report says from when on', async () => {
    const events = Array.from({ length: 20 }, (_, index) => [
      `DTSTART;VALUE=DATE:202603${String(index + 1).padStart(2, '0')}`,
      'RRULE:FREQ=DAILY',
    ]);
    const { closures, report } = await read(file(...events));
    expect(closures).toHaveLength(MAX_CLOSURES);
    expect(report.notTaken).toEqual([{ event: 'everything later', reason: expect.stringContaining('5000') }]);
    expect(closures.at(-1)?.from).toMatch(/^2026-11/);
  });

  it(
    'a file of three thousand events with endless rules is read to its end',
    { timeout: 60_000 },
    async () => {
      const events = Array.from({ length: 3_000 }, () => [
        'DTSTART:19700101T000000Z',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY',
      ]);
      const { report } = await read(file(...events));
      expect(report).toMatchObject({ events: 3_000, closures: MAX_CLOSURES });
      expect(report.notTaken.at(-1)?.reason).toContain('in parts');
    },
  );
});

describe('what is no iCalendar file', () => {
  it.each([
    ['', /does not begin/],
    ['hello', /is no iCalendar file/],
    ['{"a": 1}', /is no iCalendar file/],
    ['<html><body>Sign in</body></html>', /is no iCalendar file/],
    ['BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Me\r\nEND:VCARD', /BEGIN:VCALENDAR/],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n', /does not end/],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR', /no END:VEVENT/],
  ])('%j is refused on the field "ics"', async (text, message) => {
    const thrown: unknown = await read(text).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ChronosError);
    expect((thrown as ChronosError).details).toEqual([
      { field: 'ics', message: expect.stringMatching(message) },
    ]);
  });

  it('an empty calendar is one', async () => {
    expect((await read(file())).report).toMatchObject({ events: 0, closures: 0, notTakenCount: 0 });
  });
});
