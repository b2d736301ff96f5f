import { Link } from '@tanstack/react-router';
import type { NamedExecutionDto } from '#client';
import type { Column } from '../../components/data-table.js';
import { ExecutionBadge } from '../../components/status-badge.js';
import { Duration, Elapsed, Time } from '../../components/time.js';
import { formatDuration } from '../../time/format-duration.js';
import { REASON_WORDS, TRIGGER_WORDS } from '../execution/words.js';
import classes from './executions.module.css';

/** The columns of the list of all runs. */
export const RUN_COLUMNS: Column<NamedExecutionDto>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '116px',
    isBadge: true,
    cell: ({ status, latenessMs }) => <ExecutionBadge status={status} latenessMs={latenessMs} isPlain />,
  },
  {
    id: 'job',
    header: 'Job',
    width: 'minmax(110px, 2fr)',
    cell: ({ id, jobName }) => (
      <Link to="/executions/$executionId" params={{ executionId: id }} className={classes.job}>
        {jobName}
      </Link>
    ),
  },
  {
    id: 'due',
    header: 'Due',
    width: '124px',
    cell: ({ scheduledFor }) => <Time at={scheduledFor} format="seconds" />,
  },
  {
    id: 'delay',
    header: 'Delay',
    width: '84px',
    minTableWidth: 860,
    align: 'end',
    cell: ({ latenessMs }) => <Duration ms={latenessMs === null ? null : Math.max(0, latenessMs)} />,
  },
  {
    id: 'duration',
    header: 'Duration',
    width: '96px',
    minTableWidth: 520,
    align: 'end',
    cell: ({ status, startedAt, durationMs }) =>
      status === 'running' ? <Elapsed since={startedAt} /> : <Duration ms={durationMs} />,
  },
  {
    id: 'trigger',
    header: 'Trigger',
    width: '96px',
    minTableWidth: 700,
    cell: ({ trigger }) => <span className={classes.quiet}>{TRIGGER_WORDS[trigger]}</span>,
  },
  {
    id: 'attempt',
    header: 'Attempt',
    width: '76px',
    minTableWidth: 960,
    cell: ({ attempt, maxAttempts }) =>
      attempt === 0 ? null : (
        <span className={classes.quiet}>
          {attempt} of {maxAttempts}
        </span>
      ),
  },
  {
    id: 'note',
    header: 'What happened',
    width: 'minmax(120px, 3fr)',
    minTableWidth: 780,
    cell: (run) => {
      const note = noteOf(run);
      return note === undefined ? null : (
        <span className={classes.quiet} data-hint={note}>
          {note}
        </span>
      );
    },
  },
];

/** Why it did not go well, in a line. */
function noteOf({ status, reason, error, nextAttemptAt }: NamedExecutionDto): string | undefined {
  if (reason !== null) return withoutStatus(REASON_WORDS[reason].title);
  if (status === 'completed' || error === null) return undefined;
  if (status !== 'retrying' || nextAttemptAt === null) return error.message;
  const wait = Date.parse(nextAttemptAt) - Date.now();
  return wait > 0 ? `${error.message} (again in ${formatDuration(wait)})` : error.message;
}

/** The status stands in a column of its own: of `Skipped: closed by a calendar` the rest is told. */
function withoutStatus(title: string): string {
  const rest = title.slice(title.indexOf(': ') + 2);
  return title.includes(': ') ? rest.charAt(0).toUpperCase() + rest.slice(1) : title;
}
