import type { LedgerColumnDto } from '#client';
import type { StatusKind } from './status-kind.js';

type Outcome = Exclude<keyof LedgerColumnDto, 'from' | 'offSchedule'>;

/** From the bottom up: what went well first, so that the worst outcome caps its column and is never hidden. */
const ORDER: { outcome: Outcome; kind: StatusKind; word: string }[] = [
  { outcome: 'ran', kind: 'ran', word: 'ran' },
  { outcome: 'running', kind: 'running', word: 'running' },
  { outcome: 'waiting', kind: 'queued', word: 'waiting' },
  { outcome: 'forecast', kind: 'scheduled', word: 'to come' },
  { outcome: 'cancelled', kind: 'cancelled', word: 'cancelled' },
  { outcome: 'skipped', kind: 'skipped', word: 'skipped' },
  { outcome: 'late', kind: 'late', word: 'late' },
  { outcome: 'missed', kind: 'missed', word: 'missed' },
  { outcome: 'failed', kind: 'failed', word: 'failed' },
];

export interface ColumnPart {
  kind: StatusKind;
  count: number;
  /** Share of the column's height. */
  share: number;
}

/** Even one of a thousand is seen. */
const LEAST_SHARE = 0.16;
const PROBLEMS = new Set<StatusKind>(['late', 'missed', 'failed']);

/** What a column is made of, from the bottom up. Shares add up to one; problems take no less than can be seen. */
export function columnParts(column: LedgerColumnDto): ColumnPart[] {
  const parts = ORDER.map(({ outcome, kind }) => ({ kind, count: column[outcome] })).filter(
    ({ count }) => count > 0,
  );
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const wanted = parts.map((part) => ({
    ...part,
    share: Math.max(part.count / total, PROBLEMS.has(part.kind) ? LEAST_SHARE : 0),
  }));
  const sum = wanted.reduce((all, { share }) => all + share, 0);
  return wanted.map((part) => ({ ...part, share: part.share / sum }));
}

/** `6 ran, 1 failed`; empty where nothing was due. */
export function columnsInWords(columns: LedgerColumnDto[]): string {
  return ORDER.map(({ outcome, word }) => ({
    word,
    count: columns.reduce((sum, column) => sum + column[outcome], 0),
  }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(', ');
}
