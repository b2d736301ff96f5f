import type { ManagedUserDto } from '#client';
import type { Column } from '../../../components/data-table.js';
import { StatusBadge } from '../../../components/status-badge.js';
import { RelativeTime } from '../../../components/time.js';
import { serverNow } from '../../../time/server-clock.js';
import { UserActions } from './user-actions.js';
import { UserName } from './user-name.js';

/** What the list tells of each account. */
export const USER_COLUMNS: Column<ManagedUserDto>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(120px, 1fr)',
    cell: (user) => <UserName user={user} />,
  },
  {
    id: 'email',
    header: 'E-mail',
    width: 'minmax(160px, 1.5fr)',
    minTableWidth: 640,
    cell: ({ email }) => email,
  },
  {
    id: 'role',
    header: 'Role',
    width: '120px',
    minTableWidth: 480,
    cell: ({ role }) => (role === 'admin' ? 'Administrator' : 'User'),
  },
  {
    id: 'state',
    header: 'State',
    width: '116px',
    cell: (user) => <UserState user={user} />,
  },
  {
    id: 'created',
    header: 'Joined',
    width: '128px',
    align: 'end',
    minTableWidth: 800,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    width: '72px',
    align: 'end',
    cell: (user) => <UserActions user={user} />,
  },
];

function UserState({ user: { active, lockedUntil } }: { user: ManagedUserDto }) {
  if (!active) return <StatusBadge kind="paused" word="Suspended" isPlain />;
  if (lockedUntil === null || Date.parse(lockedUntil) <= serverNow())
    return <StatusBadge kind="active" isPlain />;
  return (
    <span data-hint="Too many failed sign-ins">
      <StatusBadge kind="timed_out" word="Locked" isPlain />
    </span>
  );
}
