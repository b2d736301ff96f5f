import type { JsonObject } from '#contracts';
import { newId, type SqlRunner } from '#database';
import type { AuditAction, AuditTarget } from './audit-action.js';
import { type AuditActor, auditOrigin } from './audit-origin.js';

/** What was done to what. Who did it, and from where, is the current origin's to say. */
export interface AuditRecord {
  action: AuditAction;
  target: { type: AuditTarget; id: string | null };
  /** Whose job or account it concerns; null where nobody's. */
  ownerId: string | null;
  jobId?: string;
  /** Only what changed. Secrets must be masked or left out by the caller. */
  before?: JsonObject;
  after?: JsonObject;
  /** Where it is not the one the request was let through for: whoever signs in. */
  actor?: AuditActor;
}

/**
 * Puts one event on the audit trail, in the caller's transaction: it is there if and only if the change is.
 * @param runner the transaction that makes the change
 */
export async function recordAudit(runner: SqlRunner, record: AuditRecord): Promise<void> {
  const { requestId, address, actor: asker } = auditOrigin();
  const actor = record.actor ?? asker;
  await runner.query(INSERT, [
    newId(),
    actor?.id ?? null,
    actor?.email ?? null,
    actor?.apiKeyId ?? null,
    record.action,
    record.target.type,
    record.target.id,
    record.jobId ?? null,
    record.ownerId,
    json(record.before),
    json(record.after),
    requestId ?? null,
    address ?? null,
  ]);
}

function json(fields: JsonObject | undefined): string | null {
  return fields === undefined || Object.keys(fields).length === 0 ? null : JSON.stringify(fields);
}

const INSERT = `
  INSERT INTO audit_events (id, actor_id, actor_email, api_key_id, action, target_type, target_id, job_id, owner_id,
    before, after, request_id, address)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;
