import { queryRows, type SqlRunner } from '#database';
import type { ZoneOffset, ZoneRecord } from '#scheduling';

/** A row of `zone_data`, named as its columns are. */
export interface ZoneDataRow {
  timezone: string;
  adopted_at: Date;
  tz_version: string;
  from_at: Date;
  until_at: Date;
  offsets: ZoneOffset[];
}

export const ZONE_DATA_COLUMNS = 'timezone, adopted_at, tz_version, from_at, until_at, offsets';

export function recordOf({ timezone, from_at, until_at, offsets }: ZoneDataRow): ZoneRecord {
  return { timezone, fromMs: from_at.getTime(), untilMs: until_at.getTime(), offsets };
}

/** What has been on record of a zone, oldest first. */
export function zoneDataOf(runner: SqlRunner, timezone: string): Promise<ZoneDataRow[]> {
  return queryRows<ZoneDataRow>(
    runner,
    `SELECT ${ZONE_DATA_COLUMNS} FROM zone_data WHERE timezone = $1 ORDER BY adopted_at`,
    [timezone],
  );
}
