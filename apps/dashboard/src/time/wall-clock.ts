const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show at a moment: `2026-11-23T14:05:07`. */
export function wallClock(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    // The Swedish way of writing it is that of ISO 8601.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(zone, format);
  }
  return format.format(at).replace(' ', 'T');
}

/**
 * The moment at which the clocks of a zone show a text. A time that comes twice is the first one; one that a clock change leaves out is
 * as much later, as with the schedules of jobs.
 * @param wall `2026-11-23T14:05`, with or without seconds
 */
export function momentOf(wall: string, zone: string): number {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return asUtc;
  const offsetAt = (at: number) => Date.parse(`${wallClock(at, zone)}Z`) - Math.floor(at / 1_000) * 1_000;
  const [before, after] = [asUtc - offsetAt(asUtc - DAY_MS), asUtc - offsetAt(asUtc + DAY_MS)];
  const isThere = (at: number) => at + offsetAt(at) === asUtc;
  return !isThere(before) && isThere(after) ? after : before;
}
