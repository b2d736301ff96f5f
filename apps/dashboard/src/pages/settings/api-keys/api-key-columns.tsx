import { Button } from '@mantine/core';
import type { ApiKeyDto } from '#client';
import type { Column } from '../../../components/data-table.js';
import { StatusBadge } from '../../../components/status-badge.js';
import { RelativeTime, Time } from '../../../components/time.js';
import { serverNow } from '../../../time/server-clock.js';
import classes from './api-keys.module.css';

/** What the list tells of each key. */
export function apiKeyColumns(onRevoke: (key: ApiKeyDto) => void): Column<ApiKeyDto>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(112px, 1.2fr)',
      cell: ({ name }) => <span className={classes.name}>{name}</span>,
    },
    {
      id: 'prefix',
      header: 'Key',
      width: 'minmax(120px, 1fr)',
      minTableWidth: 640,
      cell: ({ prefix }) => (
        <code className={classes.prefix} data-hint={prefix}>
          {prefix.slice(0, 8)}&hellip;{prefix.slice(-6)}
        </code>
      ),
    },
    {
      id: 'used',
      header: 'Last used',
      width: '124px',
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          <span className={classes.none}>not yet</span>
        ) : (
          <RelativeTime at={lastUsedAt} />
        ),
    },
    {
      id: 'expires',
      header: 'Expires',
      width: '152px',
      minTableWidth: 520,
      cell: ({ expiresAt }) => <Expiry at={expiresAt} />,
    },
    {
      id: 'created',
      header: 'Made',
      width: '132px',
      minTableWidth: 800,
      cell: ({ createdAt }) => <Time at={createdAt} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      width: '88px',
      align: 'end',
      cell: (key) => (
        <Button
          size="compact-xs"
          variant="subtle"
          color="danger"
          aria-label={`Revoke ${key.name}`}
          onClick={() => onRevoke(key)}
        >
          Revoke
        </Button>
      ),
    },
  ];
}

function Expiry({ at }: { at: string | null }) {
  if (at === null) return <span className={classes.none}>never</span>;
  if (Date.parse(at) <= serverNow()) return <StatusBadge kind="missed" word="Expired" isPlain />;
  return Date.parse(at) - serverNow() < SOON_MS ? <RelativeTime at={at} /> : <Time at={at} />;
}

/** How many days are left says something while they can be counted. */
const SOON_MS = 60 * 86_400_000;
