export { dstNote, leftOutNote } from './dst-note.js';
export { instantOfLocal, localOfInstant } from './instant-of-local.js';
export { localTimeOf } from './local-time-of.js';
export { closedWindows, type ClosedWindow, type Closure } from './closed-windows.js';
export { anyOf, type Blackouts, closedBetween, Closings, closingsOf } from './closings.js';
export { CronSchedule, type DstPolicies } from './cron-schedule.js';
export { assertMinimumInterval, smallestIntervalSeconds } from './minimum-interval.js';
export { countBetween, type InstantRange, occurrencesBetween } from './occurrences.js';
export { firstMoved, type MovedOccurrence, sameLocalTime } from './moved-occurrence.js';
export { parseCron } from './parse-cron.js';
export { scheduleOf } from './schedule-cache.js';
export { assertTimezone, isTimezone } from './timezone.js';
export {
  recordedTimeline,
  recordZone,
  zoneDataVersion,
  type ZoneOffset,
  type ZoneRecord,
} from './zone-record.js';
export type { ZoneTimeline } from './zone-timeline.js';
