/** Numeric levels of pino. */
const WARN = 40;
const LEVELS: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

interface LogRecord {
  level?: unknown;
  time?: unknown;
  msg?: unknown;
  context?: unknown;
  err?: { message?: unknown; stack?: unknown };
}

/**
 * What the terminal shows of one line of a child's log: warnings and errors in a short form, everything when asked.
 * Lines that are not JSON are shown as they are. `undefined`: nothing; the log files have it.
 */
export function terminalLine(name: string, line: string, isVerbose: boolean): string | undefined {
  const record = parse(line);
  if (!record) return line === '' ? undefined : `${name}: ${line}`;
  const level = levelOf(record.level);
  if (level < WARN && !isVerbose) return undefined;
  const context = typeof record.context === 'string' ? ` [${record.context}]` : '';
  const message = typeof record.msg === 'string' ? record.msg : '';
  const cause = typeof record.err?.message === 'string' ? record.err.message : '';
  const detail = cause === '' || message.includes(cause) ? '' : `: ${cause}`;
  return `${name} ${LEVELS[level] ?? level}${context} ${message}${detail}`;
}

function levelOf(level: unknown): number {
  if (typeof level === 'number') return level;
  const named = Object.entries(LEVELS).find(([, name]) => name === level);
  return named ? Number(named[0]) : 30;
}

function parse(line: string): LogRecord | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogRecord;
  } catch {
    // Not a record of the logger: shown as it is.
    return undefined;
  }
}
