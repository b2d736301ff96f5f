import type { LedgerExecutionDto, LedgerForecastDto } from '#client';
import { kindOfExecution, STATUS, type StatusKind } from '../components/status-kind.js';

export type LedgerMoment = LedgerExecutionDto | LedgerForecastDto;

/** What a due moment looks like. */
export function kindOf(entry: LedgerMoment): StatusKind {
  return entry.kind === 'forecast'
    ? FORECASTS[entry.status].kind
    : kindOfExecution(entry.status, entry.latenessMs);
}

/** And what it is called. */
export function wordOf(entry: LedgerMoment): string {
  if (entry.kind === 'forecast') return FORECASTS[entry.status].word;
  return entry.status === 'scheduled' ? 'Waiting' : STATUS[kindOf(entry)].word;
}

const FORECASTS: Record<LedgerForecastDto['status'], { kind: StatusKind; word: string }> = {
  expected: { kind: 'scheduled', word: 'Forecast' },
  held: { kind: 'paused', word: 'Held back' },
  overdue: { kind: 'queued', word: 'Overdue' },
  skipped: { kind: 'skipped', word: 'Will be skipped' },
};

/** From quiet to loud. */
const BY_WEIGHT = [
  'scheduled',
  'paused',
  'active',
  'ran',
  'queued',
  'running',
  'retrying',
  'cancelled',
  'skipped',
  'late',
  'timed_out',
  'failed',
  'missed',
] as const satisfies StatusKind[];

const FIRST_PROBLEM = BY_WEIGHT.indexOf('skipped');

/** Somebody may want to look at it: the keyboard jumps from one to the next. */
export function isProblem(kind: StatusKind): boolean {
  return BY_WEIGHT.indexOf(kind) >= FIRST_PROBLEM;
}

/** The loudest of several. */
export function worstOf(kinds: StatusKind[]): StatusKind | undefined {
  return BY_WEIGHT[Math.max(-1, ...kinds.map((kind) => BY_WEIGHT.indexOf(kind)))];
}

/** The colour of a bar or a slice: health recedes, problems stand out. */
export function colorOf(kind: StatusKind): string {
  const { tone } = STATUS[kind];
  return `var(--${tone}-${tone === 'ran' ? 'quiet' : 'fill'})`;
}
