import { ActionIcon, Menu } from '@mantine/core';
import { IconKey, IconLogout, IconLogout2, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api, session } from '../api/client.js';
import classes from './account-menu.module.css';
import { useUser } from './use-session.js';

const ChangePassword = lazy(() => import('./change-password.js'));
const SignOutEverywhere = lazy(() => import('./sign-out-everywhere.js'));

/** Who is signed in, and what they can do about it. */
export function AccountMenu() {
  const user = useUser();
  const queryClient = useQueryClient();
  const [dialog, setDialog] = useState<'password' | 'everywhere'>();
  const close = () => setDialog(undefined);

  const signOut = async () => {
    // The browser forgets them whatever the server says: who cannot reach it wants to be gone all the same.
    await api.POST('/api/v1/auth/logout').catch(() => undefined);
    session.signOut();
    queryClient.clear();
  };

  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon size={32} aria-label="Account">
            <IconUserCircle size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.who}>
            <strong>{user?.name}</strong>
            <span>{user?.email}</span>
            <span>{user?.role === 'admin' ? 'Administrator' : 'User'}</span>
          </div>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconSettings size={16} />}
            renderRoot={(props) => <Link to="/settings/account" {...props} />}
          >
            Settings
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => setDialog('password')}>
            Change password
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout2 size={16} />} onClick={() => setDialog('everywhere')}>
            Sign out everywhere
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {dialog === 'password' && <ChangePassword onClose={close} />}
        {dialog === 'everywhere' && <SignOutEverywhere onClose={close} />}
      </Suspense>
    </>
  );
}
