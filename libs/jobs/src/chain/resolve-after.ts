import type { FieldFault, ScheduleType } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { ChainInput } from '../job-input.js';
import { linksAbove, parentsByChild } from './chain-links.js';
import { findCycle } from './find-cycle.js';
import type { StoredChainLink } from './stored-chain-link.js';

export interface AfterRequest {
  scheduleType: ScheduleType;
  /** What a client said, if anything. */
  given: ChainInput[] | undefined;
  /** What stood before; undefined where the job was not chained. */
  before: StoredChainLink[] | undefined;
  /** Whose jobs it may run after. */
  ownerId: string;
  /** Undefined for a job to be. */
  jobId: string | undefined;
}

const EXAMPLE = 'e.g. [{ "jobId": "0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11", "on": "completed" }]';

/** What a job runs after, once a change is made; faults are added to `faults`. */
export async function resolveAfter(
  runner: SqlRunner,
  { scheduleType, given, before, ownerId, jobId }: AfterRequest,
  faults: FieldFault[],
): Promise<StoredChainLink[]> {
  if (scheduleType !== 'chained') return [];
  if (given === undefined && before !== undefined) return before;
  if (given === undefined || given.length === 0) {
    faults.push({ field: 'after', message: `is missing: name the jobs that it is to run after, ${EXAMPLE}` });
    return [];
  }
  const names = await namesOf(
    runner,
    ownerId,
    given.map((link) => link.jobId),
  );
  const found = given.flatMap((link, index) => {
    const name = names.get(link.jobId);
    const isTwice = given.findIndex((other) => other.jobId === link.jobId) !== index;
    const field = `after.${index}.jobId`;
    if (isTwice) faults.push({ field, message: 'is there already; name each job once' });
    else if (name === undefined) faults.push({ field, message: 'is no job of the owner of this one' });
    return name === undefined ? [] : [{ jobId: link.jobId, on: link.on ?? 'completed', name }];
  });
  if (jobId !== undefined) faults.push(...(await cycleFaults(runner, jobId, found)));
  return found;
}

/** Each name the templates of a job may know a parent by, its id among them. */
export function parentKeys(links: StoredChainLink[]): Set<string> {
  return new Set(links.flatMap(({ jobId, name }) => [name, jobId]));
}

async function cycleFaults(
  runner: SqlRunner,
  jobId: string,
  links: StoredChainLink[],
): Promise<FieldFault[]> {
  const parentIds = links.map((link) => link.jobId);
  const cycle = findCycle(jobId, parentIds, parentsByChild(await linksAbove(runner, parentIds)));
  if (!cycle) return [];
  const rows = await queryRows<{ id: string; name: string }>(runner, NAMES, [cycle]);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const words = cycle.map((id) => JSON.stringify(names.get(id) ?? id)).join(' after ');
  return [{ field: 'after', message: `makes a cycle: ${words}` }];
}

async function namesOf(runner: SqlRunner, ownerId: string, ids: string[]): Promise<Map<string, string>> {
  const rows = await queryRows<{ id: string; name: string }>(
    runner,
    `${NAMES} AND owner_id = $2 AND deleted_at IS NULL`,
    [ids, ownerId],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const NAMES = 'SELECT id, name FROM jobs WHERE id = ANY($1::uuid[])';
