import type { JobDto } from '#client';
import type { Style } from '../terminal/output.js';
import type { Column } from '../terminal/table.js';
import { visible } from '../terminal/visible.js';
import { instant } from './times.js';

const STATUS_STYLES: Partial<Record<string, Style>> = {
  active: 'green',
  running: 'green',
  completed: 'green',
  paused: 'yellow',
  retrying: 'yellow',
  failed: 'red',
  timed_out: 'red',
  missed: 'red',
};

export function statusStyle(status: string | null): Style | undefined {
  return status === null ? undefined : STATUS_STYLES[status];
}

export const JOB_COLUMNS: Column<JobDto>[] = [
  { title: 'ID', of: ({ id }) => id, style: () => 'dim' },
  { title: 'STATUS', of: ({ status }) => status, style: ({ status }) => statusStyle(status) },
  { title: 'TYPE', of: ({ type }) => type },
  { title: 'SCHEDULE', of: scheduleOf },
  { title: 'NEXT RUN', of: ({ nextRunAt }) => instant(nextRunAt) },
  { title: 'LAST', of: ({ lastStatus }) => lastStatus, style: ({ lastStatus }) => statusStyle(lastStatus) },
  { title: 'NAME', of: ({ name }) => name },
];

export function scheduleOf(job: JobDto): string {
  if (job.scheduleType === 'recurring') return `${job.cronExpression} ${job.timezone}`;
  if (job.scheduleType === 'chained')
    return `after ${job.after.length} ${job.after.length === 1 ? 'job' : 'jobs'}`;
  return job.scheduleType === 'scheduled' ? `once, ${instant(job.scheduledAt)}` : 'once';
}

/** Everything a person asks of one job, a line each. */
export function describeJob(job: JobDto): string {
  const lines: [string, string | null | undefined][] = [
    ['id', job.id],
    ['name', job.name],
    ['status', job.statusReason === null ? job.status : `${job.status} (${job.statusReason})`],
    ['type', job.type],
    ['schedule', scheduleOf(job)],
    ['next run', instant(job.nextRunAt)],
    ['last run', job.lastRunAt === null ? undefined : `${instant(job.lastRunAt)} ${job.lastStatus}`],
    ['tags', job.tags.join(', ')],
    ['payload', JSON.stringify(job.payload)],
  ];
  return lines.map(([label, value]) => `${label.padEnd(10)}${visible(value || '-')}`).join('\n');
}
