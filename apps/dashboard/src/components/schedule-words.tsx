import type { JobDto } from '#client';
import { usePreference } from '../shell/preferences.js';
import { formatTime } from '../time/format-time.js';
import { useNow } from '../time/use-now.js';
import { zoneFor, zoneName } from '../time/zone.js';
import { scheduleInWords } from './schedule-in-words.js';
import classes from './schedule-words.module.css';

export type ScheduledJob = Pick<
  JobDto,
  'scheduleType' | 'cronExpression' | 'every' | 'scheduledAt' | 'timezone'
>;

/** When a job runs, in words, with its expression and its zone. `isShort`: the words alone, the rest on hover. */
export function ScheduleWords({ job, isShort = false }: { job: ScheduledJob; isShort?: boolean }) {
  const words = useScheduleWords(job);
  const detail = detailOf(job);
  if (isShort || detail === undefined) {
    return (
      <span className={classes.words} data-hint={detail}>
        {words}
      </span>
    );
  }
  return (
    <span>
      {words} <span className={classes.detail}>{detail}</span>
    </span>
  );
}

/** The words alone, for a title or a sentence. */
export function useScheduleWords(job: ScheduledJob): string {
  const [choice] = usePreference('zone');
  const now = useNow();
  const at =
    job.scheduledAt === null
      ? ''
      : formatTime(Date.parse(job.scheduledAt), zoneFor(choice, job.timezone), 'short', now);
  return scheduleInWords(job, at);
}

function detailOf({ cronExpression, timezone }: ScheduledJob): string | undefined {
  return cronExpression === null ? undefined : `${cronExpression} \u00b7 ${zoneName(timezone)}`;
}
