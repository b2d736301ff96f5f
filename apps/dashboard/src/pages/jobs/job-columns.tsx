import { Link } from '@tanstack/react-router';
import type { JobActivityDto, JobDto } from '#client';
import type { Column } from '../../components/data-table.js';
import { ScheduleWords } from '../../components/schedule-words.js';
import { Sparkline } from '../../components/sparkline.js';
import { ExecutionBadge, JobBadge } from '../../components/status-badge.js';
import { Countdown, Duration, RelativeTime } from '../../components/time.js';
import classes from './jobs.module.css';

/** What the list tells of each job; what matters less is left out of narrow windows. */
export function jobColumns(
  activity: Map<string, JobActivityDto>,
  onTag: (tag: string) => void,
): Column<JobDto>[] {
  return [
    {
      id: 'status',
      header: 'Status',
      width: '112px',
      isBadge: true,
      sortBy: 'status',
      cell: ({ status }) => <JobBadge status={status} isPlain />,
    },
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(160px, 2fr)',
      sortBy: 'name',
      cell: (job) => <NameCell job={job} onTag={onTag} />,
    },
    { id: 'type', header: 'Type', width: '80px', minTableWidth: 1_160, cell: ({ type }) => type },
    {
      id: 'schedule',
      header: 'Schedule',
      width: 'minmax(140px, 1.5fr)',
      minTableWidth: 720,
      cell: (job) => <ScheduleWords job={job} isShort />,
    },
    {
      id: 'last',
      header: 'Last run',
      width: '176px',
      minTableWidth: 860,
      cell: ({ lastStatus, lastRunAt, timezone }) =>
        lastStatus && (
          <span className={classes.last}>
            <ExecutionBadge status={lastStatus} isPlain /> <RelativeTime at={lastRunAt} zone={timezone} />
          </span>
        ),
    },
    {
      id: 'recent',
      header: 'Last 20',
      width: '136px',
      minTableWidth: 560,
      cell: ({ id }) => <Sparkline bars={activity.get(id)?.recent ?? []} />,
    },
    {
      id: 'p50',
      header: 'Median',
      width: '92px',
      align: 'end',
      minTableWidth: 1_160,
      cell: ({ id }) => <Duration ms={activity.get(id)?.p50DurationMs} />,
    },
    {
      id: 'next',
      header: 'Next run',
      width: '120px',
      align: 'end',
      sortBy: 'nextRunAt',
      cell: ({ nextRunAt, timezone, statusReason }) =>
        nextRunAt === null ? (
          <span className={classes.why} data-hint={statusReason ?? undefined}>
            none
          </span>
        ) : (
          <Countdown to={nextRunAt} zone={timezone} />
        ),
    },
  ];
}

function NameCell({ job: { id, name, tags }, onTag }: { job: JobDto; onTag: (tag: string) => void }) {
  return (
    <span className={classes.name}>
      <Link to="/jobs/$jobId" params={{ jobId: id }} className={classes.link}>
        {name}
      </Link>
      {tags.slice(0, 3).map((tag) => (
        <button
          key={tag}
          type="button"
          className={classes.tag}
          onClick={() => onTag(tag)}
          aria-label={`Only with the tag ${tag}`}
        >
          {tag}
        </button>
      ))}
    </span>
  );
}
