import { ChronosError } from '#contracts';

import type { CronSchedule } from './cron-schedule.js';
import { smallestDayStep } from './day-set.js';

/**
 * The shortest time between two nominal times of a schedule, in seconds (Infinity if it fires once ever, which
 * no expression does). Clock changes are left out: once or twice a year they may bring two occurrences closer.
 */
export function smallestIntervalSeconds(schedule: CronSchedule): number {
  const { seconds, minutes, hours, days } = schedule.times;
  const secondSpan = seconds.last - seconds.first;
  const minuteSpan = (minutes.last - minutes.first) * 60 + secondSpan;
  const hourSpan = (hours.last - hours.first) * 3600 + minuteSpan;
  return Math.min(
    seconds.smallestStep,
    minutes.smallestStep * 60 - secondSpan,
    hours.smallestStep * 3600 - minuteSpan,
    smallestDayStep(days) * 86_400 - hourSpan,
  );
}

/**
 * Throws a ChronosError `VALIDATION_FAILED` on `cronExpression` when two occurrences can be less than
 * `minSeconds` apart (`MIN_SCHEDULE_INTERVAL_SECONDS`).
 */
export function assertMinimumInterval(schedule: CronSchedule, minSeconds: number): void {
  const smallest = smallestIntervalSeconds(schedule);
  if (smallest >= minSeconds) return;
  throw ChronosError.invalid(
    'cronExpression',
    `fires as often as every ${smallest} s; MIN_SCHEDULE_INTERVAL_SECONDS allows no less than ${minSeconds} s; ${fixFor(minSeconds)}`,
  );
}

function fixFor(minSeconds: number): string {
  if (minSeconds > 3600) return `choose times at least ${minSeconds} s apart`;
  if (minSeconds > 60) return `use for example "*/${stepOf(minSeconds / 60)} * * * *"`;
  if (minSeconds > 30) return 'use five fields, for example "* * * * *" for every minute';
  return `use for example "*/${stepOf(minSeconds)} * * * * *", or five fields for whole minutes`;
}

/** The smallest divisor of 60 that is at least `atLeast`: a step that stays even across the hour. */
function stepOf(atLeast: number): number {
  return [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60].find((step) => step >= atLeast) ?? 60;
}
