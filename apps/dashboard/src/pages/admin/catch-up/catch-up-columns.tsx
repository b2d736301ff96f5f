import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { CatchupDto } from '#client';
import type { Column } from '../../../components/data-table.js';
import { formatCount } from '../../../components/format-count.js';
import { JobBadge } from '../../../components/status-badge.js';
import { RelativeTime, Time } from '../../../components/time.js';
import classes from './catch-up.module.css';
import { POLICY_WORDS } from './words.js';

interface Actions {
  release: (row: CatchupDto) => void;
  drop: (row: CatchupDto) => void;
}

/** What the list tells of each job, and what can be decided about it. */
export function catchUpColumns({ release, drop }: Actions): Column<CatchupDto>[] {
  return [
    {
      id: 'job',
      header: 'Job',
      width: 'minmax(110px, 2fr)',
      cell: ({ jobId, jobName, jobStatus }) => (
        <span className={classes.job}>
          <Link to="/jobs/$jobId" params={{ jobId }} className={classes.name}>
            {jobName}
          </Link>
          {jobStatus === 'paused' && <JobBadge status={jobStatus} />}
        </span>
      ),
    },
    {
      id: 'held',
      header: 'Waiting',
      width: '84px',
      align: 'end',
      cell: ({ held }) => formatCount(held),
    },
    {
      id: 'range',
      header: 'Due',
      width: 'minmax(190px, 1.5fr)',
      minTableWidth: 760,
      cell: ({ held, heldFrom, heldTo }) => (
        <span className={classes.quiet}>
          <Time at={heldFrom} />
          {held > 1 && (
            <>
              {' to '}
              <Time at={heldTo} />
            </>
          )}
        </span>
      ),
    },
    {
      id: 'missed',
      header: 'Missed in all',
      width: '108px',
      minTableWidth: 920,
      align: 'end',
      cell: ({ misfires }) => formatCount(misfires),
    },
    {
      id: 'policy',
      header: 'Misfire policy',
      width: '128px',
      minTableWidth: 860,
      cell: ({ misfirePolicy }) => <span className={classes.quiet}>{POLICY_WORDS[misfirePolicy]}</span>,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 'minmax(120px, 1fr)',
      minTableWidth: 1080,
      cell: ({ ownerEmail }) => <span className={classes.quiet}>{ownerEmail}</span>,
    },
    {
      id: 'since',
      header: 'Since',
      width: '116px',
      minTableWidth: 620,
      cell: ({ openedAt }) => (
        <span className={classes.quiet}>
          <RelativeTime at={openedAt} />
        </span>
      ),
    },
    {
      id: 'actions',
      header: 'Decide',
      width: '148px',
      align: 'end',
      cell: (row) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Button
            size="compact-xs"
            variant="default"
            disabled={row.jobStatus === 'paused'}
            data-hint={row.jobStatus === 'paused' ? 'Resume the job first' : undefined}
            aria-label={`Release ${row.jobName}`}
            onClick={() => release(row)}
          >
            Release
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="danger"
            aria-label={`Drop ${row.jobName}`}
            onClick={() => drop(row)}
          >
            Drop
          </Button>
        </Group>
      ),
    },
  ];
}
