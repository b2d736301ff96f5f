import type { ExecutionStatus, ExecutionTrigger, JobType } from '#client';
import { choice, choicesOf, text } from '../../shell/search-params.js';

export const STATUSES = [
  'failed',
  'timed_out',
  'missed',
  'skipped',
  'cancelled',
  'running',
  'retrying',
  'queued',
  'scheduled',
  'completed',
] as const satisfies ExecutionStatus[];
export const TYPES = ['http', 'webhook', 'script', 'email', 'custom'] as const satisfies JobType[];
export const TRIGGERS = [
  'schedule',
  'manual',
  'retry',
  'backfill',
  'api',
  'chain',
] as const satisfies ExecutionTrigger[];
export const RANGES = ['1h', '24h', '7d', '30d'] as const;

export type Range = (typeof RANGES)[number];
/** Where the address says nothing else. */
export const DEFAULT_RANGE: Range = '24h';

export interface ExecutionsSearch {
  status?: ExecutionStatus[] | undefined;
  type?: JobType | undefined;
  trigger?: ExecutionTrigger | undefined;
  /** Up to now. */
  range?: Range | undefined;
  /** Instead of `range`: these instants, in ISO 8601. */
  from?: string | undefined;
  to?: string | undefined;
  /** Part of a job's name. */
  search?: string | undefined;
  owner?: string | undefined;
}

export function executionsSearch(search: Record<string, unknown>): ExecutionsSearch {
  return {
    status: choicesOf(search['status'], STATUSES),
    type: choice(search['type'], TYPES),
    trigger: choice(search['trigger'], TRIGGERS),
    range: choice(search['range'], RANGES),
    from: instant(search['from']),
    to: instant(search['to']),
    search: text(search['search']),
    owner: text(search['owner']),
  };
}

function instant(value: unknown): string | undefined {
  return typeof value === 'string' && Number.isFinite(Date.parse(value))
    ? new Date(value).toISOString()
    : undefined;
}
