import type { LedgerColumnDto } from '#client';
import { dueOf, slicesOf } from './column-stack.js';
import type { Band, LedgerMarks, Mark } from './ledger-marks.js';
import { STATUS } from '../components/status-kind.js';
import { isProblem, wordOf, worstOf } from './ledger-kind.js';
import type { TimeRange } from './time-scale.js';

/** What the pointer or the keyboard can be on. */
export type Pickable = { key: string; at: number; isProblem: boolean; text: string } & (
  | { kind: 'mark'; mark: Mark }
  | { kind: 'band'; band: Band }
  | { kind: 'column'; column: LedgerColumnDto; range: TimeRange }
);

/** All of a picture that can be picked, oldest first. */
export function pickableOf(
  marks: LedgerMarks | undefined,
  columns: LedgerColumnDto[] | undefined,
  bands: Band[],
  range: TimeRange,
): Pickable[] {
  const moments = marks
    ? [...marks.due, ...marks.offSchedule].map(ofMark)
    : (columns ?? []).flatMap((column, index) =>
        dueOf(column) > 0 ? [ofColumn(column, columnRange(columns ?? [], index, range))] : [],
      );
  return [...moments, ...bands.map(ofBand)].toSorted((a, b) => a.at - b.at);
}

export function ofMark(mark: Mark): Pickable {
  return {
    kind: 'mark',
    mark,
    key: mark.key,
    at: mark.at,
    isProblem: isProblem(mark.kind),
    text: `${mark.entry.localTime} ${wordOf(mark.entry)}`,
  };
}

export function ofBand(band: Band): Pickable {
  const text = `${new Date(band.from).toISOString()}: ${bandInWords(band)}. ${band.why}`;
  return {
    kind: 'band',
    band,
    key: `gap ${band.from}`,
    at: band.from,
    isProblem: band.reason === 'scheduler_down',
    text,
  };
}

/** `12 due moments did not run` */
export function bandInWords({ count }: Band): string {
  if (count === undefined) return 'Nothing runs';
  return `${count} due ${count === 1 ? 'moment' : 'moments'} did not run`;
}

export function ofColumn(column: LedgerColumnDto, range: TimeRange): Pickable {
  const slices = slicesOf(column);
  const worst = worstOf(slices.map(({ kind }) => kind));
  return {
    kind: 'column',
    column,
    range,
    key: column.from,
    at: (range.from + range.to) / 2,
    isProblem: worst !== undefined && isProblem(worst),
    text: `${column.from}: ${slices.map(({ kind, count }) => `${count} ${STATUS[kind].word.toLowerCase()}`).join(', ')}`,
  };
}

/** From where a column begins to where the next one does. */
export function columnRange(columns: LedgerColumnDto[], index: number, { to }: TimeRange): TimeRange {
  const next = columns[index + 1];
  return { from: Date.parse(columns[index]?.from ?? ''), to: next ? Date.parse(next.from) : to };
}
