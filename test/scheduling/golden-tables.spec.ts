import { DST_GAP_POLICIES, DST_OVERLAP_POLICIES } from '#contracts';
import { countBetween, type CronSchedule, localTimeOf, occurrencesBetween, parseCron } from '#scheduling';
import { describe, expect, it } from 'vitest';

import { type GoldenCase, goldenCases } from './golden-table.js';

const cases = goldenCases();
const policies = DST_GAP_POLICIES.flatMap((dstGap) =>
  DST_OVERLAP_POLICIES.map((dstOverlap) => ({ dstGap, dstOverlap })),
);

/** The zones of the requirements; the tables of Europe/Paris and UTC hold 29 February. */
const ZONES = [
  'Africa/Casablanca',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Europe/London',
  'Europe/Paris',
  'Pacific/Apia',
  'UTC',
];

function backwards(schedule: CronSchedule, fromMs: number, toMs: number): number[] {
  const found: number[] = [];
  let at = schedule.previous(toMs + 1);
  while (at !== undefined && at >= fromMs) {
    found.unshift(at);
    at = schedule.previous(at);
  }
  return found;
}

describe('golden tables', () => {
  it('are there for every zone, and hold what only dstGap and what only dstOverlap decides', () => {
    expect([...new Set(cases.map(({ zone }) => zone))].toSorted()).toEqual(ZONES);
    const kinds = cases.flatMap(({ rows }) => rows.map((row) => [...row.policies].join('; ')));
    expect([...new Set(kinds)].toSorted()).toEqual([
      'shift, both; skip, both',
      'shift, first; shift, both',
      'shift, first; shift, both; skip, first; skip, both',
    ]);
  });

  it.each(cases.flatMap((one) => policies.map((each) => ({ ...one, ...each }))))(
    '$zone, $title: $expression, dstGap $dstGap, dstOverlap $dstOverlap',
    ({ dstGap, dstOverlap, ...golden }) => {
      const schedule = parseCron(golden.expression, golden.zone, { dstGap, dstOverlap });
      const [fromMs, toMs] = [Date.parse(golden.from), Date.parse(golden.to)];
      const range = { fromExclusive: fromMs - 1, toInclusive: toMs };
      const runs = golden.rows.filter((row) => row.policies.has(`${dstGap}, ${dstOverlap}`));

      const forward = occurrencesBetween(schedule, range, Infinity).occurrences;
      expect(forward.map((at) => shown(golden, at))).toEqual(runs.map(({ local }) => local));
      expect(forward).toEqual(runs.map(({ instantMs }) => instantMs));
      expect(backwards(schedule, fromMs, toMs)).toEqual(forward);
      expect(countBetween(schedule, range)).toBe(forward.length);
      expect(schedule.followsElapsedTime).toBe(golden.followsElapsedTime);
    },
  );

  it.each(cases.filter(({ followsElapsedTime }) => followsElapsedTime))(
    '$zone, $title: $expression follows elapsed time, whatever the policies',
    ({ rows }) => {
      for (const { policies: runsUnder } of rows) expect(runsUnder.size).toBe(policies.length);
    },
  );
});

function shown({ zone }: GoldenCase, at: number): string {
  return localTimeOf(new Date(at), zone);
}
