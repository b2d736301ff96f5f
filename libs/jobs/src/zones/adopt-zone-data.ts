import type { DataSource } from 'typeorm';
import { queryRows, type SqlRunner } from '#database';
import { recordZone, zoneDataVersion, type ZoneRecord } from '#scheduling';
import { recordOf, ZONE_DATA_COLUMNS, type ZoneDataRow } from './zone-data.js';

/** Held by whoever takes zone data up, so that one process does it. */
const ZONE_DATA_LOCK = 4_020_640;
/** How far ahead a zone's changes are kept: governments rarely decide further, and schedules are planned hours ahead. */
const YEARS_AHEAD = 3;

/** A zone whose clocks do otherwise than was on record. */
export interface ZoneDifference {
  timezone: string;
  versionBefore: string;
  versionAfter: string;
}

/**
 * Puts on record what the zone data of this process say of each zone that schedules use. Where something else was on
 * record, a new row tells from when on it is no longer so, and the schedules of that zone are to be moved. Does nothing
 * while another process does it.
 * @param checked zones that need not be looked at again, since the data of a process do not change; added to
 */
export async function adoptZoneData(
  dataSource: DataSource,
  checked: Set<string>,
  now = new Date(),
): Promise<ZoneDifference[]> {
  return dataSource.transaction(async (manager) => {
    const [lock] = await queryRows<{ is_mine: boolean }>(
      manager,
      'SELECT pg_try_advisory_xact_lock($1) AS is_mine',
      [ZONE_DATA_LOCK],
    );
    if (!lock?.is_mine) return [];
    const found: ZoneDifference[] = [];
    const untilMs = Date.UTC(now.getUTCFullYear() + 1 + YEARS_AHEAD, 0, 1);
    for (const zone of await zonesInUse(manager)) {
      const key = `${zone.timezone} ${untilMs}`;
      if (checked.has(key) && zone.present) continue;
      const difference = await adoptZone(manager, zone, now, untilMs);
      if (difference) found.push(difference);
      checked.add(key);
    }
    await manager.query(LOOK_AGAIN, [zoneDataVersion()]);
    return found;
  });
}

interface ZoneInUse {
  timezone: string;
  present: ZoneDataRow | undefined;
}

async function adoptZone(
  runner: SqlRunner,
  { timezone, present }: ZoneInUse,
  now: Date,
  untilMs: number,
): Promise<ZoneDifference | undefined> {
  const version = zoneDataVersion();
  // The year before this one as well: data are often late, and what ran meanwhile must stay explainable.
  const fromMs = present?.from_at.getTime() ?? Date.UTC(now.getUTCFullYear() - 1, 0, 1);
  const record = recordZone(timezone, fromMs, Math.max(untilMs, present?.until_at.getTime() ?? 0));
  if (!present) {
    await insert(runner, record, version, now);
    return undefined;
  }
  if (isSame(recordOf(present), recordZone(timezone, fromMs, present.until_at.getTime()))) {
    await runner.query(CONFIRM, [timezone, present.adopted_at, version, ...columnsOf(record)]);
    return undefined;
  }
  await insert(runner, record, version, null);
  return { timezone, versionBefore: present.tz_version, versionAfter: version };
}

async function zonesInUse(runner: SqlRunner): Promise<ZoneInUse[]> {
  const rows = await queryRows<{ in_use: string } & ZoneDataRow>(runner, IN_USE);
  return rows.map(({ in_use, ...row }) => ({
    timezone: in_use,
    present: row.adopted_at === null ? undefined : row,
  }));
}

async function insert(
  runner: SqlRunner,
  record: ZoneRecord,
  version: string,
  settledAt: Date | null,
): Promise<void> {
  await runner.query(INSERT, [record.timezone, version, ...columnsOf(record), settledAt]);
}

function columnsOf({ fromMs, untilMs, offsets }: ZoneRecord): [Date, Date, string] {
  return [new Date(fromMs), new Date(untilMs), JSON.stringify(offsets)];
}

function isSame(a: ZoneRecord, b: ZoneRecord): boolean {
  return (
    a.offsets.length === b.offsets.length &&
    a.offsets.every(({ atMs, offsetMs }, index) => {
      const other = b.offsets[index];
      return atMs === other?.atMs && offsetMs === other.offsetMs;
    })
  );
}

const IN_USE = `
  SELECT zone.timezone AS in_use, d.*
  FROM (SELECT DISTINCT timezone FROM jobs
    WHERE schedule_type = 'recurring' AND status IN ('active', 'paused') AND deleted_at IS NULL) zone
  LEFT JOIN LATERAL (SELECT ${ZONE_DATA_COLUMNS} FROM zone_data known WHERE known.timezone = zone.timezone
    ORDER BY adopted_at DESC LIMIT 1) d ON true
  ORDER BY 1`;

const INSERT = `
  INSERT INTO zone_data (timezone, tz_version, from_at, until_at, offsets, settled_at)
  VALUES ($1, $2, $3, $4, $5, $6)`;

/**
 * While processes are replaced one after the other, those with the former data still plan by them: for a day the schedules of
 * a zone are looked at again.
 */
const LOOK_AGAIN = `
  UPDATE zone_data d SET moved_up_to = '00000000-0000-0000-0000-000000000000'
  WHERE tz_version = $1 AND settled_at IS NOT NULL AND moved_up_to IS NULL
    AND adopted_at > clock_timestamp() - interval '1 day'
    AND EXISTS (SELECT 1 FROM zone_data o WHERE o.timezone = d.timezone AND o.adopted_at < d.adopted_at)
    AND NOT EXISTS (SELECT 1 FROM zone_data n WHERE n.timezone = d.timezone AND n.adopted_at > d.adopted_at)`;

const CONFIRM = `
  UPDATE zone_data SET tz_version = $3, from_at = $4, until_at = $5, offsets = $6
  WHERE timezone = $1 AND adopted_at = $2`;
