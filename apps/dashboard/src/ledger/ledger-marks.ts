import type { LedgerDto, LedgerGapDto } from '#client';
import type { StatusKind } from '../components/status-kind.js';
import { kindOf, type LedgerMoment } from './ledger-kind.js';

/** A due moment, or a run beside the schedule. Times in epoch milliseconds. */
export interface Mark {
  key: string;
  at: number;
  kind: StatusKind;
  entry: LedgerMoment;
}

/** An execution as long as it ran. */
export interface Bar {
  key: string;
  from: number;
  until: number;
  kind: StatusKind;
  /** From 0: those that ran at the same time are in rows of their own. */
  row: number;
  executionId: string;
}

/** Nominal times in a row that did not run for one reason. */
export interface Band {
  from: number;
  until: number;
  reason: LedgerGapDto['reason'];
  /** How many there were; undefined while the pause is not over. */
  count: number | undefined;
  why: string;
}

export interface LedgerMarks {
  due: Mark[];
  offSchedule: Mark[];
  bars: Bar[];
  /** How many rows the bars take. */
  rows: number;
  bands: Band[];
}

/** More rows than this would not be told apart: the last one takes what is left. */
const MAX_ROWS = 4;

/** What the entries of a ledger are drawn as. */
export function ledgerMarks(entries: LedgerDto['entries'], now: number): LedgerMarks {
  const due: Mark[] = [];
  const offSchedule: Mark[] = [];
  const bands: Band[] = [];
  for (const entry of entries) {
    if (entry.kind === 'gap') {
      const { at, until, reason, count, why } = entry;
      bands.push({ from: Date.parse(at), until: Date.parse(until), reason, count, why });
      continue;
    }
    const mark = markOf(entry);
    if (entry.kind === 'execution' && entry.trigger !== 'schedule') offSchedule.push(mark);
    else due.push(mark);
  }
  const bars = stackedBars([...due, ...offSchedule], now);
  return { due, offSchedule, bars, rows: Math.max(1, ...bars.map(({ row }) => row + 1)), bands };
}

/** A due moment as it is drawn. No two of a schedule have the same nominal time. */
export function markOf(entry: LedgerMoment): Mark {
  return {
    key: entry.kind === 'execution' ? entry.executionId : entry.at,
    at: Date.parse(entry.at),
    kind: kindOf(entry),
    entry,
  };
}

function stackedBars(marks: Mark[], now: number): Bar[] {
  const ran = marks
    .flatMap(({ key, kind, entry }) =>
      entry.kind === 'execution' && entry.startedAt !== null
        ? [
            {
              key,
              kind,
              executionId: entry.executionId,
              from: Date.parse(entry.startedAt),
              until: entry.finishedAt === null ? now : Date.parse(entry.finishedAt),
            },
          ]
        : [],
    )
    .toSorted((a, b) => a.from - b.from);
  const ends: number[] = [];
  return ran.map(({ key, kind, executionId, from, until }) => {
    const free = ends.findIndex((end) => end <= from);
    const row = Math.min(free === -1 ? ends.length : free, MAX_ROWS - 1);
    ends[row] = Math.max(ends[row] ?? 0, until);
    return { key, kind, executionId, from, until, row };
  });
}
