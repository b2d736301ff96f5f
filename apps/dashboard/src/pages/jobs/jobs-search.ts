export const JOB_STATUSES = ['active', 'paused', 'completed', 'failed', 'cancelled'] as const;
export const JOB_TYPES = ['http', 'webhook', 'script', 'email', 'custom'] as const;
export const JOB_SORTS = [
  'nextRunAt',
  '-nextRunAt',
  'name',
  '-name',
  'status',
  '-status',
  'createdAt',
  '-createdAt',
] as const;

/** What the list is narrowed to and how it is sorted, as its address has it. */
export interface JobsSearch {
  status?: (typeof JOB_STATUSES)[number] | undefined;
  type?: (typeof JOB_TYPES)[number] | undefined;
  tag?: string | undefined;
  owner?: string | undefined;
  search?: string | undefined;
  sort?: (typeof JOB_SORTS)[number] | undefined;
}
