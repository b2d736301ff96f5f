import { Temporal } from '@js-temporal/polyfill';

export const POLICIES = [
  { dstGap: 'shift', dstOverlap: 'first' },
  { dstGap: 'shift', dstOverlap: 'both' },
  { dstGap: 'skip', dstOverlap: 'first' },
  { dstGap: 'skip', dstOverlap: 'both' },
];

/**
 * When an expression runs from one instant to another, both included, by going through the dates a minute at a time:
 * does the expression name this minute, and at which instants do the clocks show it?
 * @param meaning what the expression means, written down beside it (cases.mjs); nothing here reads cron expressions
 * @returns epoch milliseconds, in order, each once
 */
export function occurrences(book, { from, to }, meaning, { dstGap, dstOverlap }) {
  const found = new Set();
  // A shift carries a run to the next date.
  let date = Temporal.PlainDate.from(from.slice(0, 10)).subtract({ days: 1 });
  const last = Temporal.PlainDate.from(to.slice(0, 10)).add({ days: 1 });
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (!meaning.day(date)) continue;
    for (const { hour, minute, shownBy } of book.minutesOf(date)) {
      if (!meaning.hours.includes(hour) || !meaning.minutes.includes(minute)) continue;
      for (const second of meaning.seconds) {
        if (shownBy.length === 0 && !meaning.followsElapsedTime && dstGap === 'shift') {
          found.add(book.shifted(date, { hour, minute, second }));
        }
        const once = !meaning.followsElapsedTime && dstOverlap === 'first';
        for (const at of once ? shownBy.slice(0, 1) : shownBy) found.add(at + second * 1000);
      }
    }
  }
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  return [...found].filter((at) => at >= begin && at <= end).toSorted((a, b) => a - b);
}
