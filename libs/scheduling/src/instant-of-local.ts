import { DAY_MS } from './calendar.js';
import { timelineOf } from './zone-timeline.js';

/** No zone is further from UTC than this, nor has any jumped further. */
const SLACK_MS = 2 * DAY_MS;

/**
 * The instant at which a zone's clock shows a time, given as if it were UTC (epoch milliseconds). A time it shows twice is
 * the first of them, one it leaves out is as much later as the clock went forward: ECMAScript Temporal's "compatible".
 */
export function instantOfLocal(localMs: number, timezone: string): number {
  const timeline = timelineOf(timezone);
  for (let at = localMs - SLACK_MS; ;) {
    const { startMs, endMs, offsetMs, offsetBeforeMs } = timeline.segmentAt(at);
    const instant = localMs - offsetMs;
    if (instant < startMs) return localMs - offsetBeforeMs;
    if (instant < endMs) return instant;
    at = endMs;
  }
}

/** What a zone's clock shows at an instant, as if it were UTC (epoch milliseconds). */
export function localOfInstant(instantMs: number, timezone: string): number {
  return instantMs + timelineOf(timezone).offsetAt(instantMs);
}
