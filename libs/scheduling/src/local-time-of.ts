import { formatInstant } from './local-time.js';
import { timelineOf } from './zone-timeline.js';

/**
 * An instant on the clocks of a zone, with its offset: `2026-03-29T03:30:00+02:00`. Fractions of seconds are left out.
 * @param timeline what the clocks do, where that is not what the zone data of this process say
 */
export function localTimeOf(instant: Date, timezone: string, timeline = timelineOf(timezone)): string {
  const at = instant.getTime();
  return formatInstant(at, timeline.offsetAt(at));
}
