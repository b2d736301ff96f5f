import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ExecutionError, ExecutionStatus, JsonObject, JsonValue } from '#contracts';
import { queryRows } from '#database';
import type { StoredChainLink } from './stored-chain-link.js';

interface RunRow {
  id: string;
  job_id: string;
  name: string;
  status: ExecutionStatus;
  started_at: Date | null;
  finished_at: Date | null;
  result: JsonValue | null;
  error: ExecutionError | null;
}

/** What set an execution off, as templates see it. */
@Injectable()
export class ParentRuns {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The runs of the parents that are asked for, each under the name it is asked for by: its job's id, its name when the
   * child was last given it, or its name now. Those that had no part in setting the execution off are missing.
   * Results are as stored: bounded, and without secrets.
   * @param after what the job runs after, in the version that runs
   */
  async open(
    { parentIds, scheduledFor }: { parentIds: string[]; scheduledFor: Date },
    after: StoredChainLink[],
    names: string[],
  ): Promise<JsonObject> {
    if (parentIds.length === 0 || names.length === 0) return {};
    const links = new Map<string, string>();
    for (const { jobId, name } of after) if (!links.has(name)) links.set(name, jobId);
    const known = [...names.flatMap((name) => links.get(name) ?? []), ...names];
    const rows = await queryRows<RunRow>(this.dataSource, RUNS, [parentIds, scheduledFor, known]);
    const isMeant = (name: string) => (row: RunRow) => row.job_id === (links.get(name) ?? name);
    const found = names.flatMap((name) => {
      const row = rows.find(isMeant(name)) ?? rows.find((one) => one.name === name);
      return row ? [[name, runOf(row, scheduledFor)] as const] : [];
    });
    return Object.fromEntries(found);
  }
}

function runOf(row: RunRow, scheduledFor: Date): JsonObject {
  const json = jsonOf(row.result);
  return {
    executionId: row.id,
    jobId: row.job_id,
    name: row.name,
    status: row.status,
    scheduledFor: scheduledFor.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    result: row.result,
    error: row.error && { ...row.error },
    ...(json !== undefined && { json }),
  };
}

/** What the text of a result says where it is JSON: an answer's body, a script's output, a handler's text. */
function jsonOf(result: JsonValue | null): JsonValue | undefined {
  const text = textOf(result);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Most texts are none.
    return undefined;
  }
}

function textOf(result: JsonValue | null): string | undefined {
  if (typeof result === 'string') return result;
  if (result === null || typeof result !== 'object' || Array.isArray(result)) return undefined;
  const text = result['body'] ?? result['stdout'];
  return typeof text === 'string' ? text : undefined;
}

const RUNS = `
  SELECT e.id, e.job_id, j.name, e.status, e.started_at, e.finished_at, e.result, e.error
  FROM executions e JOIN jobs j ON j.id = e.job_id
  WHERE e.id = ANY($1::uuid[]) AND e.scheduled_for = $2 AND (j.id::text = ANY($3::text[]) OR j.name = ANY($3::text[]))`;
