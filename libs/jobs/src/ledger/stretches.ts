import type { Times } from '../schedule/job-schedule.js';

/** Nominal times in a row: both ends are nominal times. Epoch milliseconds. */
export interface Stretch {
  from: number;
  to: number;
  count: number;
}

/**
 * The nominal times of [from, to] as stretches around those the ledger has already, so that none is told of twice.
 * @param known nominal times, in any order
 */
export function stretchesAround(schedule: Times, from: number, to: number, known: number[]): Stretch[] {
  const stretches: Stretch[] = [];
  const inside = [...new Set(known)].filter((at) => at >= from && at <= to).toSorted((a, b) => a - b);
  let start = from;
  for (const at of [...inside, to + 1]) {
    const stretch = stretchOf(schedule, start, at - 1);
    if (stretch) stretches.push(stretch);
    start = at + 1;
  }
  return stretches;
}

function stretchOf(schedule: Times, from: number, to: number): Stretch | undefined {
  const count = schedule.count(from, to);
  const first = schedule.next(from - 1);
  const last = schedule.previous(to + 1);
  return count === 0 || first === undefined || last === undefined
    ? undefined
    : { from: first, to: last, count };
}
