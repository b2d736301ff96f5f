import fc from 'fast-check';

import type { CalendarDay, CronMeaning } from './brute-force-cron.js';

/** A field's text and what it means. */
interface Field<Value> {
  text: string;
  allows: (value: Value) => boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Every form of a plain field, each with its meaning worked out here and not by a parser. */
function field(
  min: number,
  max: number,
  name: (value: number) => string = String,
): fc.Arbitrary<Field<number>> {
  const value = fc.integer({ min, max });
  const step = fc.integer({ min: 1, max: max - min + 1 });
  const range = fc.tuple(value, value).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  return fc.oneof(
    fc.constant({ text: '*', allows: () => true }),
    value.map((only) => ({ text: name(only), allows: (given: number) => given === only })),
    fc
      .uniqueArray(value, { minLength: 2, maxLength: 5 })
      .map((list) => ({ text: list.map(name).join(','), allows: (given: number) => list.includes(given) })),
    range.map(([from, to]) => ({
      text: `${name(from)}-${name(to)}`,
      allows: (given: number) => given >= from && given <= to,
    })),
    step.map((by) => ({ text: `*/${by}`, allows: (given: number) => (given - min) % by === 0 })),
    fc.tuple(value, step).map(([from, by]) => ({
      text: `${from}/${by}`,
      allows: (given: number) => given >= from && (given - from) % by === 0,
    })),
    fc.tuple(range, step).map(([[from, to], by]) => ({
      text: `${from}-${to}/${by}`,
      allows: (given: number) => given >= from && given <= to && (given - from) % by === 0,
    })),
  );
}

const any = { text: '*', allows: () => true };

const monthDay: fc.Arbitrary<Field<CalendarDay>> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(any, { ...any, text: '?' }) },
  {
    weight: 3,
    arbitrary: field(1, 31).map(({ text, allows }) => ({
      text,
      allows: (day: CalendarDay) => allows(day.dayOfMonth),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ text: 'L', allows: (day: CalendarDay) => day.dayOfMonth === day.monthLength }),
  },
);

const weekday: fc.Arbitrary<Field<CalendarDay>> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(any, { ...any, text: '?' }) },
  {
    weight: 3,
    // Up to 6 only: that 7 is Sunday, and what a step up to 7 means, is pinned by example.
    arbitrary: field(0, 6, (value) => WEEKDAYS[value] ?? '').map(({ text, allows }) => ({
      text: text.replace(/^(\d)\/(\d)$/, '$1-6/$2').replace(/^\*\/([2-7])$/, '0-6/$1'),
      allows: (day: CalendarDay) => allows(day.weekday),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 5 })).map(([on, nth]) => ({
      text: `${on}#${nth}`,
      allows: (day: CalendarDay) => day.weekday === on && Math.ceil(day.dayOfMonth / 7) === nth,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 6 }).map((on) => ({
      text: `${on}L`,
      allows: (day: CalendarDay) => day.weekday === on && day.dayOfMonth > day.monthLength - 7,
    })),
  },
);

const month = fc.oneof(
  { weight: 2, arbitrary: fc.constant(any) },
  { weight: 1, arbitrary: field(1, 12, (value) => MONTHS[value - 1] ?? '') },
);

const seconds: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<number[]>([0]) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 2 }) },
);

/** One to three minutes, for walks so long that stepping through every minute would take too long. */
const fewMinutes = fc
  .uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 3 })
  .map((list) => ({ text: list.join(','), allows: (given: number) => list.includes(given) }));

/** Random expressions with their meaning. Some never fire: the parser must say so, and brute force finds nothing. */
export const arbitraryCron = arbitraryCronWith(field(0, 59));

/** The same, firing at most three times an hour (six with seconds). */
export const arbitrarySparseCron = arbitraryCronWith(fewMinutes);

function arbitraryCronWith(minuteField: fc.Arbitrary<Field<number>>): fc.Arbitrary<CronMeaning> {
  return fc
    .record({ seconds, minute: minuteField, hour: field(0, 23), monthDay, month, weekday })
    .map((fields) => {
      const { minute, hour, monthDay: dom, month: inMonth, weekday: dow } = fields;
      const bothRestricted = [dom, dow].every(({ text }) => !/^[*?]/.test(text));
      const expression = `${minute.text} ${hour.text} ${dom.text} ${inMonth.text} ${dow.text}`;
      const isPlain = fields.seconds.join() === '0';
      const hourCount = Array.from({ length: 24 }, (_, value) => value).filter(hour.allows).length;
      return {
        expression: isPlain ? expression : `${fields.seconds.join(',')} ${expression}`,
        seconds: fields.seconds,
        minute: minute.allows,
        hour: hour.allows,
        day: (day) =>
          inMonth.allows(day.month) &&
          (bothRestricted ? dom.allows(day) || dow.allows(day) : dom.allows(day) && dow.allows(day)),
        followsElapsedTime: hourCount === 24 || (hourCount > 1 && /[*/]/.test(hour.text)),
      };
    });
}
