import { civilDateOf, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './calendar.js';

/** `2026-03-29` of a wall-clock time (see `NominalTimes`). */
export function formatDate(local: number): string {
  const { year, month, day } = civilDateOf(Math.floor(local / DAY_MS));
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** `02:30`, or `02:30:15` when there are seconds to show. */
export function formatClock(local: number): string {
  const seconds = formatSeconds(local);
  return seconds.endsWith(':00') ? seconds.slice(0, 5) : seconds;
}

/** ISO 8601 with offset, e.g. `2026-03-29T03:30:00+02:00`; offsets of former centuries may hold seconds. */
export function formatInstant(instantMs: number, offsetMs: number): string {
  const local = instantMs + offsetMs;
  const size = Math.abs(offsetMs);
  const hours = Math.floor(size / HOUR_MS);
  const offset = `${pad(hours)}:${formatSeconds(size).slice(3)}`;
  const sign = offsetMs < 0 ? '-' : '+';
  return `${formatDate(local)}T${formatSeconds(local)}${sign}${offset.replace(/:00$/, '')}`;
}

/** `1 h`, `30 min`, `24 h`, `1 h 30 min`: how far the clocks were moved. */
export function formatJump(jumpMs: number): string {
  const hours = Math.floor(jumpMs / HOUR_MS);
  const minutes = Math.floor((jumpMs % HOUR_MS) / MINUTE_MS);
  const seconds = (jumpMs % MINUTE_MS) / SECOND_MS;
  const parts = [hours && `${hours} h`, minutes && `${minutes} min`, seconds && `${seconds} s`];
  return parts.filter(Boolean).join(' ');
}

function formatSeconds(local: number): string {
  const second = (local - Math.floor(local / DAY_MS) * DAY_MS) / SECOND_MS;
  return [Math.floor(second / 3600), Math.floor((second % 3600) / 60), Math.floor(second % 60)]
    .map(pad)
    .join(':');
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
