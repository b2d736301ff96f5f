import { formatRelative } from './format-duration.js';
import { formatTime, offsetName } from './format-time.js';
import { VIEWER_ZONE, zoneName } from './zone.js';

/** A moment by every clock that matters, a line each: the job's, the viewer's, UTC, and how far away it is. */
export function momentHint(
  at: number,
  jobZone: string | undefined,
  now: number,
): [label: string, text: string][] {
  const zones = [...new Set([jobZone ?? VIEWER_ZONE, VIEWER_ZONE, 'UTC'])];
  return [
    ...zones.map((zone): [string, string] => [labelOf(zone, at), formatTime(at, zone, 'long', now)]),
    ['', formatRelative(at, now)],
  ];
}

function labelOf(zone: string, at: number): string {
  return zone === 'UTC' ? 'UTC' : `${zoneName(zone)} (${offsetName(at, zone)})`;
}
