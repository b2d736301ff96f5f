import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryRows, type SqlRunner } from '#database';
import { zoneDataVersion } from '#scheduling';
import type { PublishedHandler, WorkerEntity } from '../entities/worker.entity.js';

/** A worker that has not been heard of for this long counts as gone. */
const SILENCE = `interval '20 seconds'`;

export type WorkerBeat = Omit<WorkerEntity, 'heartbeatAt' | 'stoppedAt' | 'tzVersion'>;

/** Which workers there are, by their own word and PostgreSQL's clock. */
@Injectable()
export class WorkerRegistry {
  constructor(private readonly dataSource: DataSource) {}

  /** Tells that a worker lives and what it is doing. */
  async beat(beat: WorkerBeat): Promise<void> {
    const { id, host, pid, version, types, roles, concurrency, running, handlers, startedAt } = beat;
    await this.dataSource.query(BEAT, [
      id,
      host,
      pid,
      version,
      types,
      roles,
      concurrency,
      running,
      JSON.stringify(handlers),
      startedAt,
      zoneDataVersion(),
    ]);
  }

  /** Tells that a worker ended in good order. */
  async stop(id: string): Promise<void> {
    await this.dataSource.query(
      'UPDATE workers SET running = 0, stopped_at = now(), heartbeat_at = now() WHERE id = $1',
      [id],
    );
  }

  /**
   * The custom handlers the live workers can run, by name; empty where no worker is there to tell.
   * @param runner the caller's transaction where it is in one: asking for a second connection while holding one
   *   would let enough callers starve each other
   */
  async handlers(runner: SqlRunner = this.dataSource): Promise<PublishedHandler[]> {
    const rows = await queryRows<{ handler: PublishedHandler }>(
      runner,
      `SELECT DISTINCT ON (handler ->> 'name') handler
       FROM workers, jsonb_array_elements(handlers) AS handler
       WHERE stopped_at IS NULL AND heartbeat_at > now() - ${SILENCE}
       ORDER BY handler ->> 'name', started_at DESC`,
    );
    return rows.map(({ handler }) => handler);
  }

  /** The versions of the zone data the live planners plan by; those of workers too old to tell are not among them. */
  async plannersZoneData(): Promise<string[]> {
    const rows = await queryRows<{ tz_version: string }>(
      this.dataSource,
      `SELECT DISTINCT tz_version FROM workers
       WHERE stopped_at IS NULL AND heartbeat_at > now() - ${SILENCE} AND 'plan' = ANY(roles) AND tz_version IS NOT NULL`,
    );
    return rows.map(({ tz_version }) => tz_version);
  }

  /** Forgets workers not heard of for a week. */
  async prune(): Promise<void> {
    await this.dataSource.query(`DELETE FROM workers WHERE heartbeat_at < now() - interval '7 days'`);
  }
}

const BEAT = `
  INSERT INTO workers (id, host, pid, version, types, roles, concurrency, running, handlers, started_at, tz_version,
    heartbeat_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now())
  ON CONFLICT (id) DO UPDATE SET running = excluded.running, heartbeat_at = now(), stopped_at = NULL`;
