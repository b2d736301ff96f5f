import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { NotificationDto } from '#client';
import type { Column } from '../../../components/data-table.js';
import { several } from '../../../components/format-count.js';
import { StatusBadge } from '../../../components/status-badge.js';
import { RelativeTime } from '../../../components/time.js';
import { badgeOf, CHANNEL_WORDS, EVENT_WORDS } from '../../../notifications/notification-words.js';
import { useResend } from '../../../notifications/use-notifications.js';
import classes from './channels.module.css';

/** What the list tells of each message. */
export const MESSAGE_COLUMNS: Column<NotificationDto>[] = [
  {
    id: 'state',
    header: 'State',
    width: '112px',
    cell: (message) => <StatusBadge {...badgeOf(message)} isPlain />,
  },
  {
    id: 'job',
    header: 'Job',
    width: 'minmax(110px, 1.2fr)',
    cell: ({ jobId, jobName }) => (
      <Link to="/jobs/$jobId" params={{ jobId }}>
        {jobName}
      </Link>
    ),
  },
  {
    id: 'event',
    header: 'Tells that',
    width: '150px',
    minTableWidth: 760,
    cell: ({ event, executionId }) =>
      executionId === null ? (
        EVENT_WORDS[event]
      ) : (
        <Link to="/executions/$executionId" params={{ executionId }}>
          {EVENT_WORDS[event]}
        </Link>
      ),
  },
  {
    id: 'channel',
    header: 'By',
    width: 'minmax(150px, 1.2fr)',
    minTableWidth: 620,
    cell: ({ channel, recipient }) => (
      <span>
        {CHANNEL_WORDS[channel]}
        {recipient !== null && <span className={classes.quiet}> to {recipient}</span>}
      </span>
    ),
  },
  {
    id: 'error',
    header: 'What went wrong',
    width: 'minmax(140px, 2fr)',
    minTableWidth: 920,
    cell: ({ error, attempts, status }) =>
      error !== null &&
      status !== 'sent' && (
        <span className={classes.error} data-hint={error}>
          {error} ({several(attempts, 'attempt')})
        </span>
      ),
  },
  {
    id: 'when',
    header: 'When',
    width: '120px',
    align: 'end',
    minTableWidth: 480,
    cell: ({ sentAt, createdAt }) => <RelativeTime at={sentAt ?? createdAt} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    width: '108px',
    align: 'end',
    cell: (message) => message.status === 'failed' && <SendAgain message={message} />,
  },
];

function SendAgain({ message: { id, jobName } }: { message: NotificationDto }) {
  const resend = useResend();
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={resend.isPending}
      aria-label={`Send again: ${jobName}`}
      onClick={() => resend.mutate(id)}
    >
      Send again
    </Button>
  );
}
