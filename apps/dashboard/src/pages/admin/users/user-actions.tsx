import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconDots,
  IconFileSearch,
  IconLockOpen,
  IconShieldMinus,
  IconShieldPlus,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AdministerUserDto, ManagedUserDto } from '#client';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { useAdminister } from './use-users.js';

type Change = 'promote' | 'demote' | 'unlock' | 'suspend' | 'activate';

/** What an administrator can do with an account. */
export function UserActions({ user }: { user: ManagedUserDto }) {
  const [change, setChange] = useState<Change>();
  const isAdmin = user.role === 'admin';
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon size={28} aria-label={`Actions for ${user.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={isAdmin ? <IconShieldMinus size={16} /> : <IconShieldPlus size={16} />}
            onClick={() => setChange(isAdmin ? 'demote' : 'promote')}
          >
            {isAdmin ? 'Make a user' : 'Make an administrator'}
          </Menu.Item>
          {user.lockedUntil !== null && user.active && (
            <Menu.Item leftSection={<IconLockOpen size={16} />} onClick={() => setChange('unlock')}>
              Unlock
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconFileSearch size={16} />}
            renderRoot={(props) => <Link to="/admin/audit" search={{ actor: user.email }} {...props} />}
          >
            What they did
          </Menu.Item>
          <Menu.Divider />
          {user.active ? (
            <Menu.Item
              leftSection={<IconUserOff size={16} />}
              color="danger"
              onClick={() => setChange('suspend')}
            >
              Suspend
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => setChange('activate')}>
              Reinstate
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {change && <Confirmation user={user} change={change} onClose={() => setChange(undefined)} />}
    </>
  );
}

interface Wording {
  body: AdministerUserDto;
  title: string;
  confirmLabel: string;
  text: string;
  done: string;
  isDangerous?: boolean;
}

function wordingOf(change: Change, name: string): Wording {
  switch (change) {
    case 'promote':
      return {
        body: { role: 'admin' },
        title: `Make ${name} an administrator`,
        confirmLabel: 'Make an administrator',
        text: 'They see and change the jobs of everybody, all accounts, and can pause everything. It holds at once.',
        done: `${name} is an administrator.`,
      };
    case 'demote':
      return {
        body: { role: 'user' },
        title: `Make ${name} a user`,
        confirmLabel: 'Make a user',
        text: 'They see and change their own jobs only. It holds at once, also for their API keys.',
        done: `${name} is a user.`,
      };
    case 'unlock':
      return {
        body: { locked: false },
        title: `Unlock ${name}`,
        confirmLabel: 'Unlock',
        text: 'Failed sign-ins locked the account for a while. They can try again at once.',
        done: `${name} can sign in again.`,
      };
    case 'suspend':
      return {
        body: { active: false },
        title: `Suspend ${name}`,
        confirmLabel: 'Suspend',
        text: 'They are signed out everywhere at once and cannot sign in, and their API keys are deleted for good. Their jobs go on running.',
        done: `${name} is suspended.`,
        isDangerous: true,
      };
    case 'activate':
      return {
        body: { active: true },
        title: `Reinstate ${name}`,
        confirmLabel: 'Reinstate',
        text: 'They can sign in again with the password they had. API keys have to be made anew.',
        done: `${name} can sign in again.`,
      };
  }
}

function Confirmation({
  user,
  change,
  onClose,
}: {
  user: ManagedUserDto;
  change: Change;
  onClose: () => void;
}) {
  const administer = useAdminister(user.id);
  const { body, title, confirmLabel, text, done, isDangerous } = wordingOf(change, user.name);
  return (
    <ConfirmDialog
      title={title}
      confirmLabel={confirmLabel}
      isDangerous={isDangerous ?? false}
      onConfirm={async () => {
        await administer.mutateAsync(body);
        notifications.show({ message: done });
      }}
      onClose={onClose}
    >
      <strong>{user.email}</strong>. {text}
    </ConfirmDialog>
  );
}
