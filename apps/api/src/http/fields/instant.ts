const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/i;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;

/**
 * An ISO 8601 time with its offset from UTC as a moment. Undefined for everything else: a local time, which is a
 * different moment for each reader, a day its month does not have, a year outside 1970 to 9999.
 */
export function parseInstant(text: string): Date | undefined {
  const parts = INSTANT.exec(text);
  if (!parts || !isDay(parts)) return undefined;
  const instant = new Date(text.toUpperCase().replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  const year = instant.getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? instant : undefined;
}

/** A date without a time, as its first or last millisecond in UTC. */
export function parseDate(text: string, end: 'first' | 'last'): Date | undefined {
  const parts = DATE.exec(text);
  if (!parts || !isDay(parts) || Number(parts[1]) < FIRST_YEAR) return undefined;
  return new Date(`${text}T${end === 'first' ? '00:00:00.000' : '23:59:59.999'}Z`);
}

/** `Date` rolls 30 February over to March; we do not. */
function isDay([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
