import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { WorkerRegistry } from '#executions';
import { zoneDataVersion } from '#scheduling';
import { adoptZoneData } from './adopt-zone-data.js';
import { moveSchedules, type SettledZone } from './move-schedules.js';

/** One turn moves no more than takes this long, so that a hundred thousand schedules do not hold up all else. */
const TURN_MS = 1_000;

/**
 * Keeps schedules true to the zone data: notices at start, and in turns while it runs, that the clocks of a zone do
 * otherwise than was known when its schedules were worked out, corrects their next runs and reports them.
 */
@Injectable()
export class FollowZoneData {
  readonly #logger = new Logger(FollowZoneData.name);
  readonly #checked = new Set<string>();
  #isOutdated = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly workers: WorkerRegistry,
  ) {}

  /** Takes this process's zone data up, unless another planner has newer ones. */
  async adopt(): Promise<void> {
    if (await this.#isBehindOthers()) return;
    const differences = await adoptZoneData(this.dataSource, this.#checked);
    for (const { timezone, versionBefore, versionAfter } of differences) {
      this.#logger.warn(
        `Zone data ${versionAfter}: the clocks of ${timezone} do otherwise than by ${versionBefore}. Its schedules are looked at.`,
      );
    }
  }

  /**
   * Moves schedules of zones whose clocks do otherwise, for a moment.
   * @returns whether more are left
   */
  async move(): Promise<boolean> {
    const end = performance.now() + TURN_MS;
    while (performance.now() < end) {
      const batch = await moveSchedules(this.dataSource);
      if (!batch) return false;
      if (batch.settled) this.#tell(batch.settled);
    }
    return true;
  }

  /** During an upgrade processes of both kinds run; when the newer ones are gone again, the older say what holds. */
  async #isBehindOthers(): Promise<boolean> {
    const mine = zoneDataVersion();
    const newest = (await this.workers.plannersZoneData()).reduce((a, b) => (a > b ? a : b), mine);
    const wasOutdated = this.#isOutdated;
    this.#isOutdated = newest > mine;
    if (this.#isOutdated && !wasOutdated) {
      this.#logger.warn(
        `The zone data of this process are ${mine}, another worker plans by ${newest}. Run all processes on one version of Node.`,
      );
    }
    return this.#isOutdated;
  }

  #tell({ timezone, versionBefore, versionAfter, moved }: SettledZone): void {
    this.#logger.warn(
      `${moved} schedules in ${timezone} have runs to come at other times by zone data ${versionAfter} than by ${versionBefore}: see GET /schedules/zone-changes.`,
    );
  }
}
