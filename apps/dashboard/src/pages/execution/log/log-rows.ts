import type { LogLevel } from '#client';
import { hasHit } from './find-in-line.js';
import type { LogLine, LogSnapshot } from './log-tail.js';

/** A row of the log as it is shown. */
export type LogRow =
  | { kind: 'line'; line: LogLine }
  /** Lines of another attempt follow. */
  | { kind: 'attempt'; attempt: number }
  /** The connection was lost here for so long. */
  | { kind: 'break'; ms: number };

export interface LogFilter {
  /** Only of this attempt. */
  attempt: number | undefined;
  /** Of this level and those above. */
  level: LogLevel | undefined;
  /** In lower case; '' finds nothing. It marks lines and leaves none out. */
  needle: string;
}

export interface LogRows {
  rows: LogRow[];
  lineCount: number;
  /** Places in `rows` of the lines that have what is looked for. */
  hits: number[];
}

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** What is shown of a log: the lines that pass, with a row where an attempt begins and where the connection was lost. */
export function logRows({ lines, breaks }: LogSnapshot, { attempt, level, needle }: LogFilter): LogRows {
  const rows: LogRow[] = [];
  const hits: number[] = [];
  const least = level === undefined ? 0 : RANK[level];
  let lineCount = 0;
  let shownAttempt: number | undefined;
  let nextBreak = 0;
  for (const line of lines) {
    if (RANK[line.level] < least || (attempt !== undefined && line.attempt !== attempt)) continue;
    for (let gap = breaks[nextBreak]; gap && gap.after < line.number; gap = breaks[(nextBreak += 1)]) {
      rows.push({ kind: 'break', ms: gap.ms });
    }
    // Most executions have one attempt: its head would say nothing.
    if (line.attempt !== shownAttempt && (shownAttempt !== undefined || line.attempt > 1)) {
      rows.push({ kind: 'attempt', attempt: line.attempt });
    }
    shownAttempt = line.attempt;
    if (needle !== '' && hasHit(line.plain, needle)) hits.push(rows.length);
    rows.push({ kind: 'line', line });
    lineCount += 1;
  }
  for (const gap of breaks.slice(nextBreak)) rows.push({ kind: 'break', ms: gap.ms });
  return { rows, lineCount, hits };
}

/** The place of a line in the rows, or of the next one where it is not shown; -1 where none follows. */
export function rowOfLine(rows: LogRow[], number: number): number {
  return rows.findIndex((row) => row.kind === 'line' && row.line.number >= number);
}

/** The lines shown as a text file has them. */
export function logText(rows: LogRow[]): string {
  return rows
    .map((row) => {
      switch (row.kind) {
        case 'line': {
          const { at, level, plain, data } = row.line;
          const rest = data === null ? '' : ` ${JSON.stringify(data)}`;
          return `${new Date(at).toISOString()} ${level.toUpperCase().padEnd(5)} ${plain}${rest}\n`;
        }
        case 'attempt':
          return `--- attempt ${row.attempt}\n`;
        case 'break':
          return '';
      }
    })
    .join('');
}
