/** One field of a cron expression as Chronos reads it. */
export interface CronFieldSpec {
  /** As messages name it. */
  name: 'second' | 'minute' | 'hour' | 'day of month' | 'month' | 'day of week';
  min: number;
  max: number;
  /** Three-letter names; the first stands for `min`. */
  names: readonly string[];
}

const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAY_NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The six fields in the order they are written. */
export const CRON_FIELDS = [
  { name: 'second', min: 0, max: 59, names: [] },
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTH_NAMES },
  { name: 'day of week', min: 0, max: 7, names: WEEKDAY_NAMES },
] as const satisfies readonly CronFieldSpec[];

/** The aliases of crontab(5), `@reboot` excepted: a scheduler has no boot to follow. */
export const CRON_ALIASES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** Listing every value of every field needs about 400 characters. */
export const MAX_EXPRESSION_LENGTH = 512;

/** Six texts, one per field of `CRON_FIELDS`, in upper case. */
export type CronFieldTexts = [string, string, string, string, string, string];

/**
 * Splits an expression into its six fields: an alias is replaced by what it stands for, and five fields
 * get second 0. Says what is wrong, and what to do, when it is no list of five or six fields.
 */
export function splitExpression(expression: string): { texts: CronFieldTexts } | { fault: string } {
  if (expression.length > MAX_EXPRESSION_LENGTH) {
    return {
      fault: `must be at most ${MAX_EXPRESSION_LENGTH} characters long, not ${expression.length}; write ranges (9-17) and steps (*/5) instead of lists`,
    };
  }
  const trimmed = expression.trim();
  if (trimmed.startsWith('@')) {
    const expanded = CRON_ALIASES[trimmed.toLowerCase()];
    return expanded === undefined ? { fault: aliasFault(trimmed) } : splitExpression(expanded);
  }
  const parts = trimmed === '' ? [] : trimmed.toUpperCase().split(/\s+/);
  const [a, b, c, d, e, f] = parts.length === 5 ? ['0', ...parts] : parts;
  if (parts.length < 5 || parts.length > 6 || !a || !b || !c || !d || !e || !f) {
    return {
      fault: `must have five fields (minute hour day-of-month month day-of-week) or six with seconds in front, not ${parts.length}; for example "0 9 * * 1-5"`,
    };
  }
  return { texts: [a, b, c, d, e, f] };
}

function aliasFault(alias: string): string {
  const known = Object.keys(CRON_ALIASES).join(', ');
  if (alias.toLowerCase() === '@reboot') {
    return `cannot be "@reboot": jobs do not follow a machine's boot; use one of ${known}, or five fields`;
  }
  return `does not know "${alias}"; use one of ${known}, or five fields such as "0 9 * * 1-5"`;
}
