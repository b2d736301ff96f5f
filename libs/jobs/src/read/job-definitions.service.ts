import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { groupBy } from '#contracts';
import { queryRows } from '#database';
import type { JobDefinition } from '../job-definition.js';

export interface VersionKey {
  jobId: string;
  version: number;
}

/** What an execution runs from, and whose job it is: the owner of a job never changes. */
export interface VersionedDefinition extends JobDefinition {
  ownerId: string;
}

/** Versions never change, so they are kept; the bound is on how many. */
const KEPT = 5_000;

/** The versions of jobs that executions run from. */
@Injectable()
export class JobDefinitions {
  readonly #cache = new LRUCache<string, VersionedDefinition>({ max: KEPT });

  constructor(private readonly dataSource: DataSource) {}

  /**
   * @returns a definition per key, in order
   * @throws Error when a version is not there, which the schema rules out for an execution's own
   */
  async load(keys: VersionKey[]): Promise<VersionedDefinition[]> {
    const missing = [...groupBy(keys, cacheKey)]
      .filter(([key]) => !this.#cache.has(key))
      .flatMap(([, [first]]) => (first ? [first] : []));
    if (missing.length > 0) await this.#read(missing);
    return keys.map((key) => {
      const definition = this.#cache.get(cacheKey(key));
      if (!definition) throw new Error(`Job ${key.jobId} has no version ${key.version}.`);
      return definition;
    });
  }

  async #read(keys: VersionKey[]): Promise<void> {
    const rows = await queryRows<{
      job_id: string;
      version: number;
      definition: JobDefinition;
      owner_id: string;
    }>(
      this.dataSource,
      `SELECT v.job_id, v.version, v.definition, j.owner_id FROM job_versions v
       JOIN jobs j ON j.id = v.job_id
       JOIN unnest($1::uuid[], $2::int[]) AS k(job_id, version) ON v.job_id = k.job_id AND v.version = k.version`,
      [keys.map(({ jobId }) => jobId), keys.map(({ version }) => version)],
    );
    for (const row of rows)
      this.#cache.set(cacheKey({ jobId: row.job_id, version: row.version }), {
        ...row.definition,
        ownerId: row.owner_id,
      });
  }
}

function cacheKey({ jobId, version }: VersionKey): string {
  return `${jobId}:${version}`;
}
