import { useQuery } from '@tanstack/react-query';
import type { AuditEventDto } from '#client';
import { pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import type { Flag } from '../../ledger/ledger-picture.js';

/** What of a job says when it runs. */
const SCHEDULE_FIELDS = new Set([
  'scheduleType',
  'cronExpression',
  'every',
  'scheduledAt',
  'timezone',
  'startsAt',
  'endsAt',
  'maxRuns',
  'dstGap',
  'dstOverlap',
  'calendars',
]);
const SHOWN = 100;

/** The latest changes of a job, newest first. */
export function useJobChanges(jobId: string) {
  return useQuery({
    queryKey: [...keys.jobs.one(jobId), 'changes'],
    queryFn: () => pageOf(api.GET('/api/v1/audit', { params: { query: { jobId, limit: SHOWN } } })),
  });
}

/** When the job got another schedule, to be marked in its ledger. */
export function useScheduleChanges(jobId: string): Flag[] {
  const { data } = useJobChanges(jobId);
  return (data?.items ?? []).flatMap((event) => {
    const fields = changedFields(event).filter((field) => SCHEDULE_FIELDS.has(field));
    if (event.action === 'job.create' || fields.length === 0) return [];
    return [
      {
        at: Date.parse(event.occurredAt),
        label: `${event.actorEmail ?? 'Chronos'} changed ${fields.join(', ')}`,
      },
    ];
  });
}

/** The fields an event changed. */
export function changedFields({ before, after }: AuditEventDto): string[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
}
