import { Stack } from '@mantine/core';
import type { JobDto } from '#client';
import { Card } from '../../components/card.js';
import { JsonView } from '../../components/json-view.js';
import { retryWaits } from '../../components/retry-waits.js';
import { useScheduleWords } from '../../components/schedule-words.js';
import { Time } from '../../components/time.js';
import { formatDuration } from '../../time/format-duration.js';
import { JobCalendars } from './job-calendars.js';
import { JobNotifications } from './job-notifications.js';
import classes from './job.module.css';
import { CATCH_UPS, OVERLAPS } from './policies-in-words.js';

/** All that is set of a job, in words. */
export default function SettingsTab({ job }: { job: JobDto }) {
  const words = useScheduleWords(job);
  const settings: [label: string, value: React.ReactNode, isShown?: boolean][] = [
    ['Type', job.type],
    ['Runs', words],
    ['Cron expression', <code key="cron">{job.cronExpression}</code>, job.cronExpression !== null],
    ['Zone', job.timezone],
    ['From', <Time key="from" at={job.startsAt} zone={job.timezone} format="long" />, job.startsAt !== null],
    ['Until', <Time key="until" at={job.endsAt} zone={job.timezone} format="long" />, job.endsAt !== null],
    ['At most', `${job.maxRuns} runs`, job.maxRuns !== null],
    ['Not while closed', <JobCalendars key="calendars" ids={job.calendars} />, job.calendars.length > 0],
    ['Jitter', `up to ${formatDuration(job.jitter)} after the nominal time`, job.jitter > 0],
    ['While one is not over', OVERLAPS[job.overlapPolicy]],
    ['At once', `${job.maxConcurrency} at most`, job.maxConcurrency !== null],
    ['After an outage', `${CATCH_UPS[job.misfirePolicy]} Of the last ${formatDuration(job.catchupWindow)}.`],
    [
      'A clock change leaves its time out',
      job.dstGap === 'shift' ? 'It runs as much later.' : 'It is skipped.',
      job.cronExpression !== null,
    ],
    [
      'A clock change repeats its time',
      job.dstOverlap === 'first' ? 'It runs the first time only.' : 'It runs both times.',
      job.cronExpression !== null,
    ],
    ['An attempt may take', formatDuration(job.timeout)],
    ['Retries', retriesInWords(job)],
    ['Pauses itself', `after ${job.pauseAfterFailures} failures in a row`, job.pauseAfterFailures !== null],
    ['Priority', String(job.priority)],
    ['Kept secret', job.secretFields.join(', '), job.secretFields.length > 0],
    ['Created', <Time key="created" at={job.createdAt} format="long" />],
    ['Version', String(job.version)],
  ];
  return (
    <Stack gap="lg">
      <Card title="Settings">
        <dl className={classes.settings}>
          {settings
            .filter(([, , isShown = true]) => isShown)
            .map(([label, value]) => (
              <div key={label} style={{ display: 'contents' }}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </Card>
      <Card title="Payload">
        <JsonView value={job.payload} />
      </Card>
      {Object.keys(job.notifications).length > 0 && <JobNotifications job={job} />}
    </Stack>
  );
}

/** `3, after 5 s, 25 s, 2 min 5 s` */
function retriesInWords({ maxRetries, retryDelay, backoff }: JobDto): string {
  if (maxRetries === 0) return 'None: a failure is final.';
  return `${maxRetries}, after ${retryWaits({ ...backoff, maxRetries, retryDelay })}`;
}
