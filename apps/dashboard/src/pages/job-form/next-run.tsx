import { IconClockExclamation } from '@tabler/icons-react';
import type { OccurrenceDto } from '#client';
import { RelativeTime } from '../../components/time.js';
import { formatDuration } from '../../time/format-duration.js';
import { formatTime } from '../../time/format-time.js';
import { serverNow } from '../../time/server-clock.js';
import { VIEWER_ZONE } from '../../time/zone.js';
import classes from './next-runs.module.css';

/** One time of a schedule; struck out where it will not run, with the reason. */
export function NextRun({ run, zone }: { run: OccurrenceDto; zone: string }) {
  const { at, note, skipped } = run;
  const later = skipped ? undefined : jitterOf(run);
  const more = skipped && skipped.count > 1 ? ` and ${skipped.count - 1} more, until ` : undefined;
  return (
    <li className={classes.run} data-skipped={skipped !== undefined || undefined}>
      <span className={classes.times}>
        <Moment at={at} zone={zone} />
        {zone !== VIEWER_ZONE && <Moment at={at} zone={VIEWER_ZONE} isMine />}
        {later !== undefined && <span className={classes.mine}>{later}</span>}
        {skipped && more !== undefined && (
          <span>
            {more}
            <Moment at={skipped.until} zone={zone} />
          </span>
        )}
      </span>
      <span className={classes.away}>{skipped ? 'Skipped' : <RelativeTime at={at} zone={zone} />}</span>
      {note !== undefined && (
        <span className={classes.note}>
          <IconClockExclamation size={14} aria-hidden="true" />
          {note}
        </span>
      )}
    </li>
  );
}

function Moment({ at, zone, isMine = false }: { at: string; zone: string; isMine?: boolean }) {
  const ms = Date.parse(at);
  return (
    <time dateTime={at} data-moment={ms} data-zone={zone} className={isMine ? classes.mine : undefined}>
      {formatTime(ms, zone, 'long', serverNow())}
    </time>
  );
}

/** What jitter does to a time: how much of it follows from the id of the job, which a new one has not yet. */
function jitterOf({ at, dueAt, dueBefore }: OccurrenceDto): string | undefined {
  if (dueAt !== undefined) return `starts ${formatDuration(Date.parse(dueAt) - Date.parse(at))} later`;
  if (dueBefore === undefined) return undefined;
  return `starts within ${formatDuration(Date.parse(dueBefore) - Date.parse(at))}`;
}
