import { Badge, Group, Text } from '@mantine/core';
import type { JobDto } from '#client';
import { useScheduleWords } from '../../components/schedule-words.js';
import { Countdown, Time } from '../../components/time.js';
import { zoneName } from '../../time/zone.js';
import { CATCH_UPS, OVERLAPS } from './policies-in-words.js';

/** A job in a sentence: when, in which zone, and what becomes of what cannot run then; and when it runs next, or why not. */
export function JobSummary({ job }: { job: JobDto }) {
  const words = useScheduleWords(job);
  const isRepeating = job.scheduleType === 'recurring' || job.scheduleType === 'interval';
  return (
    <>
      <Text size="sm" c="dimmed">
        {words}
        {job.cronExpression !== null && ` in ${zoneName(job.timezone)}`}
        {isRepeating && `. ${OVERLAPS[job.overlapPolicy]} ${CATCH_UPS[job.misfirePolicy]}`}
      </Text>
      <Group gap="md">
        <NextRun job={job} />
        {job.tags.map((tag) => (
          <Badge key={tag} variant="light" color="gray" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>
      {job.description !== null && <Text size="sm">{job.description}</Text>}
    </>
  );
}

function NextRun({ job }: { job: JobDto }) {
  if (job.nextRunAt !== null) {
    return (
      <Text size="sm">
        Next run <Time at={job.nextRunAt} zone={job.timezone} format="seconds" />,{' '}
        <Countdown to={job.nextRunAt} zone={job.timezone} />
      </Text>
    );
  }
  return <Text size="sm">{whyNoNextRun(job)}</Text>;
}

function whyNoNextRun({ status, statusReason }: JobDto): string {
  const reason = statusReason === null ? '' : `: ${statusReason}`;
  switch (status) {
    case 'paused':
      return `Paused${reason}. Nothing runs until it is resumed.`;
    case 'cancelled':
      return 'Cancelled for good: it will not run again.';
    case 'completed':
      return `Done${reason}. Nothing is left to run.`;
    case 'failed':
      return `Its one run failed${reason}. Run it again, or give it a new time.`;
    case 'active':
      return 'Nothing is planned: its last run is on its way, or it waits for others.';
  }
}
