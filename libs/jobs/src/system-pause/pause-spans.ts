import { queryRows, type SqlRunner } from '#database';
import type { Times } from '../schedule/job-schedule.js';

/** A time in which everything was paused. Epoch milliseconds. */
export interface PauseSpan {
  /** The first instant in it, */
  from: number;
  /** and the last. */
  to: number;
  /** Whether misfire policies apply to it; where they do not, its nominal times are a gap. */
  catchUp: boolean;
}

/**
 * The pauses of everything that reach past an instant, oldest first; they never overlap. One that lasts goes up to `now`
 * and counts as one that is not caught up with: that is for whoever has to tell the ledger before it is over.
 */
export async function pausesSince(runner: SqlRunner, fromMs: number, now: number): Promise<PauseSpan[]> {
  const rows = await queryRows<{ since_at: Date; until_at: Date | null; catch_up: boolean | null }>(
    runner,
    'SELECT since_at, until_at, catch_up FROM system_pauses WHERE until_at IS NULL OR until_at >= $1 ORDER BY since_at',
    [new Date(fromMs)],
  );
  return rows.map(({ since_at, until_at, catch_up }) => ({
    from: since_at.getTime() + 1,
    to: until_at?.getTime() ?? now,
    catchUp: catch_up ?? false,
  }));
}

/** The times that lie in none of the spans. */
export function outside(times: Times, spans: readonly Pick<PauseSpan, 'from' | 'to'>[]): Times {
  const spanAt = (at: number | undefined) =>
    at === undefined ? undefined : spans.find(({ from, to }) => from <= at && at <= to);
  return {
    next: (afterMs) => {
      let at = times.next(afterMs);
      for (let span = spanAt(at); span; span = spanAt(at)) at = times.next(span.to);
      return at;
    },
    previous: (beforeMs) => {
      let at = times.previous(beforeMs);
      for (let span = spanAt(at); span; span = spanAt(at)) at = times.previous(span.from);
      return at;
    },
    count: (fromMs, toMs) =>
      spans.reduce(
        (left, { from, to }) => {
          const [first, last] = [Math.max(from, fromMs), Math.min(to, toMs)];
          return first > last ? left : left - times.count(first, last);
        },
        times.count(fromMs, toMs),
      ),
  };
}

/** A part of a range: what lies in one span, or between two. */
export interface Section {
  from: number;
  to: number;
  span: PauseSpan | undefined;
}

/** Cuts [from, to] wherever a span begins or ends, oldest first. */
export function sectionsOf(from: number, to: number, spans: readonly PauseSpan[]): Section[] {
  const sections: Section[] = [];
  let start = from;
  for (const span of spans) {
    if (span.to < start || span.from > to) continue;
    if (span.from > start) sections.push({ from: start, to: span.from - 1, span: undefined });
    const end = Math.min(span.to, to);
    sections.push({ from: Math.max(span.from, start), to: end, span });
    start = end + 1;
  }
  if (start <= to) sections.push({ from: start, to, span: undefined });
  return sections;
}
