import { choice, text, uuid } from '../shell/search-params.js';
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

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const actor = text(search['actor']);
  return {
    actor: actor?.includes('@') ? actor : uuid(actor),
    action: choice(search['action'], ACTION_CHOICES),
    jobId: uuid(search['jobId']),
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
