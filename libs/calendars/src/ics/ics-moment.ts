import { instantOfLocal, isTimezone, localOfInstant } from '#scheduling';
import type { JcalProperty } from './jcal.js';
import { NotTaken } from './not-taken.js';
import { zoneOfWindows } from './windows-zones.js';

/** A date, or a time on the clock of a zone. */
export interface Moment {
  /** The reading of the clock as if it were UTC, in epoch milliseconds; of a date its midnight. */
  local: number;
  /** IANA name; null for a date, which is no instant anywhere. */
  zone: string | null;
}

const VALUE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(Z?))?$/;

/**
 * The moments of a property: as many as it has values.
 * @param timezone of times that name no zone
 * @throws NotTaken where a value is none, or names a zone nobody knows
 */
export function momentsOf([name, parameters, , ...values]: JcalProperty, timezone: string): Moment[] {
  return values.map((value) => momentOf(name, String(value), parameters['tzid'], timezone));
}

/** @throws NotTaken as `momentsOf` */
export function momentOf(name: string, value: string, tzid: unknown, timezone: string): Moment {
  const match = VALUE.exec(value);
  const [, year, month, day, hour, minute = '0', second = '0', utc] = match ?? [];
  const local = match
    ? Date.UTC(
        Number(year),
        Number(month) - 1,
        Number(day),
        Number(hour ?? 0),
        Number(minute),
        Math.min(Number(second), 59),
      )
    : NaN;
  // `Date` rolls 30 February over to March; nobody meant that.
  if (Number.isNaN(local) || new Date(local).getUTCDate() !== Number(day)) {
    throw new NotTaken(`its ${name.toUpperCase()} is no date or time: ${value.slice(0, 40)}`);
  }
  if (hour === undefined) return { local, zone: null };
  return { local, zone: utc === 'Z' ? 'UTC' : zoneOf(tzid, timezone) };
}

/** Epoch milliseconds of a time; a date is its midnight in UTC. */
export function instantOf({ local, zone }: Moment): number {
  return zone === null || zone === 'UTC' ? local : instantOfLocal(local, zone);
}

/** What the clock of another moment's zone shows at this one; of a date the date. */
export function localAs({ local, zone }: Moment, other: Moment): number {
  if (zone === null || other.zone === null) return local - (other.zone === null ? local % DAY_MS : 0);
  return zone === other.zone ? local : localOfInstant(instantOf({ local, zone }), other.zone);
}

const DAY_MS = 86_400_000;

/** Files name zones as IANA does, as Windows does, or with a path before the IANA name. */
function zoneOf(tzid: unknown, timezone: string): string {
  if (typeof tzid !== 'string') return timezone;
  const last = tzid.split('/').slice(-2).join('/');
  const zone = [tzid, zoneOfWindows(tzid), last].find((name) => name !== undefined && isTimezone(name));
  if (zone === undefined)
    throw new NotTaken(`names the time zone "${tzid.slice(0, 60)}", which is no IANA zone`);
  return zone;
}
