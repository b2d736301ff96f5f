import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalTimes } from '../schedule/interval-times.js';
import { outside, sectionsOf } from './pause-spans.js';

/** Spans in [0, 1000] that do not overlap, oldest first. */
const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: 1_000 }), { maxLength: 8 })
  .map((ends) => ends.toSorted((a, b) => a - b))
  .map((ends) =>
    ends.flatMap((from, index) =>
      index % 2 === 0 && ends[index + 1] !== undefined
        ? [{ from, to: ends[index + 1] ?? from, catchUp: from % 2 === 0 }]
        : [],
    ),
  );

describe('outside', () => {
  it('leaves out what lies in a span, whichever way it is asked', () => {
    fc.assert(
      fc.property(
        spans,
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: -50, max: 1_100 }),
        (given, every, at) => {
          const times = intervalTimes(every, 0);
          const all = Array.from({ length: Math.ceil(1_500 / every) }, (_, index) => index * every);
          const left = all.filter((time) => !given.some(({ from, to }) => from <= time && time <= to));
          const cut = outside(times, given);
          expect(cut.next(at)).toBe(left.find((time) => time > at));
          expect(cut.previous(at)).toBe(left.findLast((time) => time < at));
          expect(cut.count(at, at + 300)).toBe(left.filter((time) => at <= time && time <= at + 300).length);
        },
      ),
    );
  });
});

describe('sectionsOf', () => {
  it('covers a range once, cut where spans begin and end', () => {
    fc.assert(
      fc.property(
        spans,
        fc.integer({ min: -50, max: 900 }),
        fc.integer({ min: 0, max: 400 }),
        (given, from, size) => {
          const sections = sectionsOf(from, from + size, given);
          expect([sections[0]?.from, sections.at(-1)?.to]).toEqual([from, from + size]);
          for (const [index, section] of sections.entries()) {
            expect(section.from).toBeLessThanOrEqual(section.to);
            if (index > 0) expect(section.from).toBe((sections[index - 1]?.to ?? NaN) + 1);
            for (const at of [section.from, section.to]) {
              expect(given.find((span) => span.from <= at && at <= span.to)).toBe(section.span);
            }
          }
        },
      ),
    );
  });
});
