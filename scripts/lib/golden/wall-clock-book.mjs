import { Temporal } from '@js-temporal/polyfill';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MINUTES_OF_DAY = 24 * 60;
/** No zone has ever been further from UTC than this. */
const FURTHEST_MS = 15 * HOUR_MS;

/**
 * What the clocks of a zone show, read by Temporal's polyfill at every minute that could belong to a date: nothing is
 * searched for and no change of the clocks is known beforehand.
 */
export class WallClockBook {
  #zone;
  #dates = new Map();
  #offsets = new Map();

  constructor(zone) {
    this.#zone = zone;
  }

  /** Each minute of a date, also one that clocks leave out, with the instants (epoch milliseconds) that show it, in order. */
  minutesOf(date) {
    const key = date.toString();
    if (!this.#dates.has(key)) this.#dates.set(key, this.#read(date));
    return this.#dates.get(key);
  }

  /** As Temporal answers for a time that clocks leave out: as much later as they went forward. */
  shifted(date, time) {
    return date.toPlainDateTime(time).toZonedDateTime(this.#zone, { disambiguation: 'compatible' })
      .epochMilliseconds;
  }

  /** `2024-03-10T03:30:00-04:00` */
  show(instantMs) {
    return Temporal.Instant.fromEpochMilliseconds(instantMs)
      .toZonedDateTimeISO(this.#zone)
      .toString({ timeZoneName: 'never' });
  }

  #read(date) {
    const begin = date.toZonedDateTime('UTC').epochMilliseconds;
    const instants = Array.from({ length: MINUTES_OF_DAY }, () => []);
    for (let at = begin - FURTHEST_MS; at < begin + 24 * HOUR_MS + FURTHEST_MS; at += MINUTE_MS) {
      const minute = (at + this.#offsetAt(at) - begin) / MINUTE_MS;
      if (!Number.isInteger(minute))
        throw new Error(`${this.show(at)} has seconds: read ${this.#zone} by seconds.`);
      instants[minute]?.push(at);
    }
    return instants.map((shownBy, index) => ({ hour: Math.floor(index / 60), minute: index % 60, shownBy }));
  }

  /** Dates side by side are shown by much the same instants. */
  #offsetAt(at) {
    if (!this.#offsets.has(at)) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.#zone);
      this.#offsets.set(at, zoned.offsetNanoseconds / 1_000_000);
    }
    return this.#offsets.get(at);
  }
}
