import { LRUCache } from 'lru-cache';

import type { CronSchedule, DstPolicies } from './cron-schedule.js';
import { parseCron } from './parse-cron.js';

/** About 2 KB each. */
const schedules = new LRUCache<string, CronSchedule>({ max: 10_000 });

/** `parseCron`, remembered: a planner asks for the same expressions over and over. Faults are not remembered. */
export function scheduleOf(expression: string, timezone: string, policies: DstPolicies = {}): CronSchedule {
  const { dstGap = 'shift', dstOverlap = 'first' } = policies;
  const key = `${timezone} ${dstGap} ${dstOverlap} ${expression}`;
  let schedule = schedules.get(key);
  if (!schedule) {
    schedule = parseCron(expression, timezone, policies);
    schedules.set(key, schedule);
  }
  return schedule;
}
