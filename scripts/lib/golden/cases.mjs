// Which expressions the golden tables ask about, where, and what each means. The meaning is written by hand: hours, minutes,
// days and whether the hours follow elapsed time (docs/semantics.md, "Daylight saving") are never read from the expression.

const everyDay = () => true;
const all = (count) => Array.from({ length: count }, (_, value) => value);
const HOURS = all(24);

/** Hours that are named: dstGap and dstOverlap decide. */
function named(expression, hours, minutes, { day = everyDay, seconds = [0] } = {}) {
  return { expression, hours, minutes, seconds, day, followsElapsedTime: false };
}

/** Wildcard or stepped hours: each instant at which the clocks show one of the times. */
function elapsed(expression, hours, minutes, { day = everyDay } = {}) {
  return { expression, hours, minutes, seconds: [0], day, followsElapsedTime: true };
}

const hourly = elapsed('0 * * * *', HOURS, [0]);
const hourlyAsRange = elapsed('0 0-23 * * *', HOURS, [0]);
const halfHourly = elapsed('*/30 * * * *', HOURS, [0, 30]);
const evenHours = elapsed(
  '0 */2 * * *',
  HOURS.filter((hour) => hour % 2 === 0),
  [0],
);
const oddHours = elapsed(
  '15 1-23/2 * * *',
  HOURS.filter((hour) => hour % 2 === 1),
  [15],
);
const daily = named('0 0 * * *', [0], [0]);
const dailyAsStep = named('0 */24 * * *', [0], [0]);
const nightly = named('30 2 * * *', [2], [30]);
const nightlyTwice = named('30 2,3 * * *', [2, 3], [30]);
const nightShift = named('0 0-5 * * *', [0, 1, 2, 3, 4, 5], [0]);
const atHalfPastOne = named('30 1 * * *', [1], [30]);
const quartersOfOne = named('*/15 1 * * *', [1], [0, 15, 30, 45]);
const lastSecondOf = (hour) => named(`59 59 ${hour} * * *`, [hour], [59], { seconds: [59] });

const isFebruary29 = ({ month, day }) => month === 2 && day === 29;
const isSunday = ({ dayOfWeek }) => dayOfWeek === 7;

/**
 * All of them in the past, where new zone data changes nothing, or in UTC. Times are on the zone's clocks, both included.
 */
export const TABLES = [
  {
    zone: 'America/New_York',
    windows: [
      {
        title: 'clocks go forward on 10 March 2024: 02:00 is 03:00',
        from: '2024-03-09T22:00:00-05:00',
        to: '2024-03-11T04:00:00-04:00',
        cases: [
          nightly,
          nightlyTwice,
          named('15,45 2,3 * * *', [2, 3], [15, 45]),
          named('30 2 * * SUN', [2], [30], { day: isSunday }),
          nightShift,
          lastSecondOf(2),
          atHalfPastOne,
          hourly,
          hourlyAsRange,
          evenHours,
          oddHours,
        ],
      },
      {
        title: 'clocks go back on 3 November 2024: 02:00 is 01:00',
        from: '2024-11-02T22:00:00-04:00',
        to: '2024-11-04T04:00:00-05:00',
        cases: [
          atHalfPastOne,
          quartersOfOne,
          named('30 1 * * SUN', [1], [30], { day: isSunday }),
          nightShift,
          lastSecondOf(1),
          nightly,
          hourly,
          halfHourly,
          evenHours,
          oddHours,
        ],
      },
    ],
  },
  {
    zone: 'Europe/London',
    windows: [
      {
        title: 'clocks go forward on 31 March 2024: 01:00 is 02:00',
        from: '2024-03-30T22:00:00+00:00',
        to: '2024-04-01T04:00:00+01:00',
        cases: [
          named('0 1 * * *', [1], [0]),
          atHalfPastOne,
          quartersOfOne,
          named('30 1,2 * * *', [1, 2], [30]),
          nightShift,
          hourly,
          evenHours,
          oddHours,
        ],
      },
      {
        title: 'clocks go back on 27 October 2024: 02:00 is 01:00',
        from: '2024-10-26T22:00:00+01:00',
        to: '2024-10-28T04:00:00+00:00',
        cases: [named('0 1 * * *', [1], [0]), quartersOfOne, lastSecondOf(1), nightShift, hourly, oddHours],
      },
    ],
  },
  {
    zone: 'Australia/Lord_Howe',
    windows: [
      {
        title: 'clocks go forward by half an hour on 6 October 2024: 02:00 is 02:30',
        from: '2024-10-05T23:00:00+10:30',
        to: '2024-10-07T03:00:00+11:00',
        cases: [
          named('0 2 * * *', [2], [0]),
          named('15 2 * * *', [2], [15]),
          named('45 2 * * *', [2], [45]),
          named('15,45 2 * * *', [2], [15, 45]),
          named('20,40 2 * * *', [2], [20, 40]),
          hourly,
          halfHourly,
          evenHours,
        ],
      },
      {
        title: 'clocks go back by half an hour on 7 April 2024: 02:00 is 01:30',
        from: '2024-04-06T23:00:00+11:00',
        to: '2024-04-08T03:00:00+10:30',
        cases: [
          named('15 1 * * *', [1], [15]),
          named('45 1 * * *', [1], [45]),
          quartersOfOne,
          lastSecondOf(1),
          hourly,
          halfHourly,
          oddHours,
        ],
      },
    ],
  },
  {
    zone: 'Asia/Kathmandu',
    windows: [
      {
        title: 'clocks go forward by a quarter of an hour on 1 January 1986: 00:00 is 00:15',
        from: '1985-12-31T22:00:00+05:30',
        to: '1986-01-02T02:00:00+05:45',
        cases: [
          daily,
          named('5 0 * * *', [0], [5]),
          named('*/5 0 1 * *', [0], [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55], {
            day: ({ day }) => day === 1,
          }),
          dailyAsStep,
          hourly,
        ],
      },
      {
        title: 'an ordinary night, a quarter of an hour off the hours of others',
        from: '2024-03-30T22:00:00+05:45',
        to: '2024-04-01T06:00:00+05:45',
        cases: [
          daily,
          nightly,
          named('0 6 * * MON-FRI', [6], [0], { day: (date) => date.dayOfWeek <= 5 }),
          evenHours,
        ],
      },
    ],
  },
  {
    zone: 'Africa/Casablanca',
    windows: [
      {
        title: 'clocks go back for Ramadan on 10 March 2024: 03:00 is 02:00',
        from: '2024-03-09T22:00:00+01:00',
        to: '2024-03-11T04:00:00+00:00',
        cases: [nightly, nightlyTwice, nightShift, lastSecondOf(2), hourly, evenHours],
      },
      {
        title: 'clocks go forward after Ramadan on 14 April 2024: 02:00 is 03:00',
        from: '2024-04-13T22:00:00+00:00',
        to: '2024-04-15T04:00:00+01:00',
        cases: [nightly, nightlyTwice, nightShift, hourly, evenHours],
      },
      {
        title: 'four changes in one year: back for Ramadan on 20 July 2012',
        from: '2012-07-19T22:00:00+01:00',
        to: '2012-07-21T04:00:00+00:00',
        cases: [nightly, nightShift, hourly],
      },
    ],
  },
  {
    zone: 'America/Sao_Paulo',
    windows: [
      {
        title: 'clocks go forward at midnight on 4 November 2018: 00:00 is 01:00',
        from: '2018-11-03T20:00:00-03:00',
        to: '2018-11-05T02:00:00-02:00',
        cases: [
          daily,
          dailyAsStep,
          named('30 0,1 * * *', [0, 1], [30]),
          named('0 0 4 11 *', [0], [0], { day: ({ month, day }) => month === 11 && day === 4 }),
          nightShift,
          hourly,
          evenHours,
        ],
      },
      {
        title: 'clocks go back at midnight on 18 February 2018: 00:00 is 23:00 of the day before',
        from: '2018-02-17T20:00:00-02:00',
        to: '2018-02-19T02:00:00-03:00',
        cases: [
          daily,
          named('30 23 * * *', [23], [30]),
          named('30 23 * * SAT', [23], [30], { day: ({ dayOfWeek }) => dayOfWeek === 6 }),
          lastSecondOf(23),
          hourly,
          oddHours,
        ],
      },
    ],
  },
  {
    zone: 'Pacific/Apia',
    windows: [
      {
        title: 'the whole of 30 December 2011 is left out',
        from: '2011-12-28T12:00:00-10:00',
        to: '2012-01-01T12:00:00+14:00',
        cases: [
          named('0 9 * * *', [9], [0]),
          named('0 9 30 * *', [9], [0], { day: ({ day }) => day === 30 }),
          named('0 9 * * FRI', [9], [0], { day: ({ dayOfWeek }) => dayOfWeek === 5 }),
          named('0 9 L * *', [9], [0], { day: ({ day, daysInMonth }) => day === daysInMonth }),
          daily,
          elapsed('0 */6 * * *', [0, 6, 12, 18], [0]),
          elapsed('0 */6 30 * *', [0, 6, 12, 18], [0], { day: ({ day }) => day === 30 }),
        ],
      },
    ],
  },
  {
    zone: 'Europe/Paris',
    windows: [
      {
        title: '29 February, also of 2000, which 100 and 400 divide',
        from: '1999-01-01T00:00:00+01:00',
        to: '2012-12-31T23:59:59+01:00',
        cases: [
          named('30 2 29 2 *', [2], [30], { day: isFebruary29 }),
          named('0 0 L 2 *', [0], [0], {
            day: ({ month, day, daysInMonth }) => month === 2 && day === daysInMonth,
          }),
          elapsed('0 */8 29 2 *', [0, 8, 16], [0], { day: isFebruary29 }),
        ],
      },
      {
        title: 'either day field will do where both are restricted',
        from: '2008-02-01T00:00:00+01:00',
        to: '2008-03-31T00:00:00+02:00',
        cases: [
          named('0 12 29 2 SUN', [12], [0], {
            day: (date) => date.month === 2 && (date.day === 29 || isSunday(date)),
          }),
        ],
      },
    ],
  },
  {
    zone: 'UTC',
    windows: [
      {
        title: '29 February around 2100, which is no leap year',
        from: '2092-01-01T00:00:00+00:00',
        to: '2108-12-31T23:59:59+00:00',
        cases: [
          named('0 0 29 2 *', [0], [0], { day: isFebruary29 }),
          named('0 0 29 2 MON#5', [0], [0], {
            day: ({ month, day, dayOfWeek }) => month === 2 && (day === 29 || (dayOfWeek === 1 && day > 28)),
          }),
        ],
      },
    ],
  },
];
