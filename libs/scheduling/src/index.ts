export { dstNote } from './dst-note.js';
export { localTimeOf } from './local-time-of.js';
export { CronSchedule, type DstPolicies } from './cron-schedule.js';
export { assertMinimumInterval, smallestIntervalSeconds } from './minimum-interval.js';
export { countBetween, type InstantRange, occurrencesBetween } from './occurrences.js';
export { parseCron } from './parse-cron.js';
export { type Occurrence, preview } from './preview.js';
export { scheduleOf } from './schedule-cache.js';
export { assertTimezone, isTimezone } from './timezone.js';
