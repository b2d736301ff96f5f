import { queryRows, type SqlRunner } from '#database';
import { recordedTimeline, type ZoneTimeline } from '#scheduling';
import type { ScheduleVersion } from '../ledger/schedule-history.js';
import { recordOf, type ZoneDataRow, zoneDataOf } from './zone-data.js';

/** Where the nominal times of a job pass from one version of the zone data to the next. Epoch milliseconds. */
interface Turn {
  former: ZoneDataRow;
  /** Times up to this one are those of the former data, */
  untilAt: number;
  /** after this one those of the next. */
  effectiveAt: number;
}

/**
 * The versions of a job's schedule, cut where its zone was found to do otherwise than thought: each piece tells its nominal
 * times by what was known of the zone while it was in force.
 * @param scheduleOver a version's schedule over what was known then
 */
export async function asZonesWere(
  runner: SqlRunner,
  jobId: string,
  versions: ScheduleVersion[],
  scheduleOver: (version: ScheduleVersion, timeline: ZoneTimeline) => ScheduleVersion['schedule'],
): Promise<ScheduleVersion[]> {
  const zones = versions
    .filter(({ definition }) => definition.scheduleType === 'recurring')
    .map(({ definition }) => definition.timezone);
  const turns = new Map<string, Turn[]>();
  for (const zone of new Set(zones)) turns.set(zone, await turnsOf(runner, jobId, zone));
  return versions.flatMap((version) => {
    const ofZone = zones.includes(version.definition.timezone) ? turns.get(version.definition.timezone) : [];
    return cut(version, ofZone ?? [], scheduleOver);
  });
}

async function turnsOf(runner: SqlRunner, jobId: string, timezone: string): Promise<Turn[]> {
  const rows = await zoneDataOf(runner, timezone);
  if (rows.length < 2) return [];
  const own = await queryRows<{ adopted_at: Date; until_at: Date; effective_at: Date }>(
    runner,
    'SELECT adopted_at, until_at, effective_at FROM zone_changes WHERE job_id = $1 AND timezone = $2',
    [jobId, timezone],
  );
  return rows.slice(1).map(({ adopted_at }, index) => {
    const change = own.find((one) => one.adopted_at.getTime() === adopted_at.getTime());
    return {
      former: rows[index] as ZoneDataRow,
      untilAt: (change?.until_at ?? adopted_at).getTime(),
      effectiveAt: (change?.effective_at ?? adopted_at).getTime(),
    };
  });
}

function cut(
  version: ScheduleVersion,
  turns: Turn[],
  scheduleOver: (version: ScheduleVersion, timeline: ZoneTimeline) => ScheduleVersion['schedule'],
): ScheduleVersion[] {
  const pieces: ScheduleVersion[] = [];
  let { effectiveAt } = version;
  for (const turn of turns) {
    if (turn.untilAt < version.effectiveAt) continue;
    if (turn.untilAt > effectiveAt) {
      const schedule = scheduleOver(version, recordedTimeline(recordOf(turn.former)));
      pieces.push({ ...version, schedule, effectiveAt, untilAt: Math.min(turn.untilAt, version.untilAt) });
    }
    effectiveAt = Math.max(effectiveAt, turn.effectiveAt);
    if (effectiveAt >= version.untilAt) return pieces;
  }
  return [...pieces, { ...version, effectiveAt }];
}
