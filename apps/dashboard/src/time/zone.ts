import { nameToday } from './zone-names.js';

/** Whose clock times are shown by: that of the job they belong to, the viewer's own, or UTC. */
export type ZoneChoice = 'job' | 'mine' | 'utc';

export const VIEWER_ZONE = nameToday(new Intl.DateTimeFormat().resolvedOptions().timeZone);

/** The zone to show a time in. Where there is no job, the viewer's stands in for its zone. */
export function zoneFor(choice: ZoneChoice, jobZone?: string): string {
  if (choice === 'utc') return 'UTC';
  return choice === 'job' ? (jobZone ?? VIEWER_ZONE) : VIEWER_ZONE;
}

/** A zone in words short enough for a table: `Berlin`, `New York`, `UTC`. */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
