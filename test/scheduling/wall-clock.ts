const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * What the clock on the wall of a zone shows, read from `Intl` one instant at a time, for tests that need a
 * judge other than the code under test. Nothing is searched for or assumed, but that a day whose both ends
 * agree holds no change, and that changes fall on a whole minute (true since 1972; St John's used 00:01).
 *
 * Why not Temporal's polyfill alone: it takes seconds where this takes milliseconds. The two are compared.
 */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();

  constructor(readonly zone: string) {
    const numeric = 'numeric';
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
    });
  }

  /** Wall clock minus UTC, in milliseconds. */
  offsetAt(instantMs: number): number {
    const day = Math.floor(instantMs / DAY_MS) * DAY_MS;
    const before = this.read(day);
    if (before === this.read(day + DAY_MS)) return before;
    return this.read(Math.floor(instantMs / MINUTE_MS) * MINUTE_MS);
  }

  /** The instants at which the wall clock shows a local time (as if-UTC milliseconds): none, one, or two, in order. */
  instantsOf(local: number): number[] {
    const offsets = [...new Set([this.offsetAt(local - 1.5 * DAY_MS), this.offsetAt(local + 1.5 * DAY_MS)])];
    return offsets
      .map((offset) => local - offset)
      .filter((instant) => this.offsetAt(instant) === local - instant)
      .toSorted((a, b) => a - b);
  }

  /** The instant a local time would have had, had the clock not changed yet. */
  instantBeforeChange(local: number): number {
    return local - this.offsetAt(local - 1.5 * DAY_MS);
  }

  /** The first day after an instant (within 400) that does not end as it began; its beginning. */
  nextDayOfChange(instantMs: number): number | undefined {
    const first = Math.floor(instantMs / DAY_MS) * DAY_MS + DAY_MS;
    for (let day = first; day < first + 400 * DAY_MS; day += DAY_MS) {
      if (this.read(day) !== this.read(day + DAY_MS)) return day;
    }
    return undefined;
  }

  private read(instantMs: number): number {
    let offset = this.offsets.get(instantMs);
    if (offset === undefined) {
      const [month = 0, day, year = 0, hour, minute, second] = (
        this.format.format(instantMs).match(/\d+/g) ?? []
      ).map(Number);
      offset = Date.UTC(year, month - 1, day, hour, minute, second) - instantMs;
      this.offsets.set(instantMs, offset);
    }
    return offset;
  }
}
