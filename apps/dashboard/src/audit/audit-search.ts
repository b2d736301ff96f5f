import { choice, text } from '../shell/search-params.js';
import { ACTION_CHOICES } from './audit-words.js';

export const AUDIT_RANGES = ['24h', '7d', '30d'] as const;
export type AuditRange = (typeof AUDIT_RANGES)[number];

export interface AuditSearch {
  /** E-mail address, or id of an account. */
  actor?: string | undefined;
  /** An action, or a kind of them. */
  action?: string | undefined;
  jobId?: string | undefined;
  /** Up to now; neither this nor `from` and `to`: all that is kept. */
  range?: AuditRange | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const actor = text(search['actor']);
  const jobId = text(search['jobId']);
  return {
    actor: actor !== undefined && (actor.includes('@') || UUID.test(actor)) ? actor : undefined,
    action: choice(search['action'], ACTION_CHOICES),
    jobId: jobId !== undefined && UUID.test(jobId) ? jobId : undefined,
    range: choice(search['range'], AUDIT_RANGES),
    from: instant(search['from']),
    to: instant(search['to']),
  };
}

function instant(value: unknown): string | undefined {
  return typeof value === 'string' && Number.isFinite(Date.parse(value))
    ? new Date(value).toISOString()
    : undefined;
}
