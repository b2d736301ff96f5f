import type { ExecutionReason, ExecutionTrigger, JobType, JsonValue, OverlapPolicy } from '#contracts';
import { newId, queryRows, type SqlRunner } from '#database';
import { countInLedger, type LedgerCount } from '../ledger-counts/ledger-counts.js';

/** An execution to be: one that will run (`scheduled`), or an occurrence recorded as not run. */
export interface NewExecution {
  jobId: string;
  type: JobType;
  trigger: ExecutionTrigger;
  status: 'scheduled' | 'skipped' | 'missed';
  reason?: ExecutionReason;
  /** Nominal time, epoch milliseconds. */
  scheduledFor: number;
  /** Nominal time plus jitter; default the nominal time. */
  effectiveAt?: number;
  /** When to dispatch; default `effectiveAt`. Infinity: held until somebody says when. */
  dueAt?: number;
  priority: number;
  maxAttempts: number;
  overlapPolicy?: OverlapPolicy;
  payloadOverride?: JsonValue;
  retryOf?: string;
  backfillId?: string;
  /** Default by its trigger: `alone` for a backfill, `own` for a run somebody asked for, `nominal` for all else. */
  chain?: ChainMembership;
  /** The executions that set it off, or kept it from running. */
  parentIds?: string[];
  reviewId?: string;
}

/**
 * Which executions of other jobs it belongs together with, for the jobs that run after its own (docs/chains.md):
 * - `nominal`: those of the same nominal time;
 * - `own`: those that it sets off itself;
 * - `alone`: none, and it sets off nothing;
 * - `{ run }`: those of another execution's chain, as that one has it.
 */
export type ChainMembership = 'nominal' | 'own' | 'alone' | { run: string | null };

/** The `chain_run` of executions that set off nothing. */
export const NO_CHAIN = '00000000-0000-0000-0000-000000000000';

/** An execution waiting for its moment, as planners hold it. */
export interface DueExecution {
  id: string;
  jobId: string;
  type: JobType;
  priority: number;
  /** Epoch milliseconds. */
  scheduledFor: number;
  dueAt: number;
  /** Of a trigger that named one for its run. */
  overlapPolicy: OverlapPolicy | null;
}

/**
 * Inserts executions in one statement. An occurrence the ledger already has stays as it is: whoever plans it
 * second inserts nothing.
 * @returns the ones inserted that are to run, but for those held
 */
export async function insertExecutions(
  runner: SqlRunner,
  executions: NewExecution[],
): Promise<DueExecution[]> {
  if (executions.length === 0) return [];
  const rows = executions.map((execution) => {
    const effectiveAt = execution.effectiveAt ?? execution.scheduledFor;
    const id = newId();
    return {
      id,
      job_id: execution.jobId,
      type: execution.type,
      trigger: execution.trigger,
      status: execution.status,
      reason: execution.reason ?? null,
      scheduled_for: new Date(execution.scheduledFor),
      effective_at: new Date(effectiveAt),
      due_at: execution.dueAt === Infinity ? null : new Date(execution.dueAt ?? effectiveAt),
      priority: execution.priority,
      max_attempts: execution.maxAttempts,
      overlap_policy: execution.overlapPolicy ?? null,
      payload_override: execution.payloadOverride ?? null,
      retry_of: execution.retryOf ?? null,
      backfill_id: execution.backfillId ?? null,
      chain_run: chainRunOf(id, execution),
      parent_ids: execution.parentIds ?? null,
      review_id: execution.reviewId ?? null,
    };
  });
  const inserted = await queryRows<{ id: string }>(runner, INSERT, [JSON.stringify(rows)]);
  const ids = new Set(inserted.map(({ id }) => id));
  countInLedger(
    runner,
    rows.flatMap((row) => (ids.has(row.id) ? notRun(row) : [])),
  );
  return rows.flatMap(({ due_at, ...row }) =>
    ids.has(row.id) && row.status === 'scheduled' && due_at !== null
      ? [
          {
            id: row.id,
            jobId: row.job_id,
            type: row.type,
            priority: row.priority,
            scheduledFor: row.scheduled_for.getTime(),
            dueAt: due_at.getTime(),
            overlapPolicy: row.overlap_policy,
          },
        ]
      : [],
  );
}

function notRun({
  type,
  status,
  reason,
}: {
  type: JobType;
  status: NewExecution['status'];
  reason: ExecutionReason | null;
}): LedgerCount[] {
  return status === 'scheduled' || reason === null ? [] : [{ kind: 'execution', type, status, reason }];
}

function chainRunOf(id: string, { trigger, chain = DEFAULT_CHAIN[trigger] }: NewExecution): string | null {
  if (typeof chain === 'object') return chain.run;
  return { nominal: null, own: id, alone: NO_CHAIN }[chain];
}

const DEFAULT_CHAIN: Record<ExecutionTrigger, ChainMembership> = {
  schedule: 'nominal',
  api: 'nominal',
  chain: 'nominal',
  retry: 'nominal',
  manual: 'own',
  backfill: 'alone',
};

/** What is in conflict is an occurrence, or a turn of a chain, that is there already: ids are new. */
const INSERT = `
  INSERT INTO executions (id, job_id, type, trigger, status, reason, scheduled_for, effective_at, due_at, priority,
    max_attempts, overlap_policy, payload_override, retry_of, backfill_id, review_id, chain_run, parent_ids, chain_at,
    finished_at)
  SELECT i.id, i.job_id, i.type, i.trigger, i.status, i.reason, i.scheduled_for, i.effective_at,
    coalesce(i.due_at, 'infinity'), i.priority, i.max_attempts, i.overlap_policy, i.payload_override, i.retry_of,
    i.backfill_id, i.review_id, i.chain_run, i.parent_ids,
    CASE WHEN i.chain_run IS DISTINCT FROM '${NO_CHAIN}'
      AND EXISTS (SELECT 1 FROM chain_links l WHERE l.parent_id = i.job_id) THEN i.effective_at END,
    CASE WHEN i.status <> 'scheduled' THEN now() END
  FROM json_to_recordset($1) AS i(id uuid, job_id uuid, type text, trigger text, status text, reason text,
    scheduled_for timestamptz, effective_at timestamptz, due_at timestamptz, priority smallint, max_attempts int,
    overlap_policy text, payload_override jsonb, retry_of uuid, backfill_id uuid, review_id uuid, chain_run uuid,
    parent_ids uuid[])
  ON CONFLICT DO NOTHING
  RETURNING id`;
