const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took: `184 ms`, `4.2 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. Below zero is zero. */
export function formatDuration(ms: number): string {
  const value = Math.max(0, ms);
  if (value < SECOND) return `${Math.round(value)} ms`;
  if (value < 10 * SECOND) return `${trim(value / SECOND)} s`;
  if (value < MINUTE) return `${Math.floor(value / SECOND)} s`;
  if (value < HOUR) return two(value, MINUTE, 'min', SECOND, 's');
  if (value < DAY) return two(value, HOUR, 'h', MINUTE, 'min');
  return two(value, DAY, 'd', HOUR, 'h');
}

/** How long until then, for a countdown: `0:32`, `12:05`, `2 h 10 min`, `3 d 4 h`. Never below `0:00`. */
export function formatCountdown(ms: number): string {
  const value = Math.max(0, ms);
  if (value >= HOUR) return formatDuration(value);
  const seconds = Math.ceil(value / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long ago, or until when: `now`, `32 s ago`, `in 4 min`, `3 d ago`. */
export function formatRelative(at: number, now: number): string {
  const difference = at - now;
  const size = Math.abs(difference);
  if (size < SECOND) return 'now';
  const text = oneUnit(size);
  return difference < 0 ? `${text} ago` : `in ${text}`;
}

function oneUnit(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

function two(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % big) / small);
  const text = `${Math.floor(ms / big)} ${bigName}`;
  return rest === 0 ? text : `${text} ${rest} ${smallName}`;
}

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
