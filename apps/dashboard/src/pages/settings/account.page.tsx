import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { UserDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api, session } from '../../api/client.js';
import { describeError } from '../../api/describe-error.js';
import { Card } from '../../components/card.js';
import { FormError } from '../../components/form-error.js';
import { PageHeader } from '../../components/page-header.js';
import { Time } from '../../components/time.js';
import { useUser } from '../../shell/use-session.js';
import classes from './account.module.css';

const ChangePassword = lazy(() => import('../../shell/change-password.js'));
const SignOutEverywhere = lazy(() => import('../../shell/sign-out-everywhere.js'));

/** Who is signed in: their name, their password and their sessions. */
export default function AccountPage() {
  const user = useUser();
  const [dialog, setDialog] = useState<'password' | 'everywhere'>();
  const close = () => setDialog(undefined);
  return (
    <div className={classes.page}>
      <PageHeader title="Account" crumbs={[{ label: 'Settings', to: '/settings' }]} />
      <Stack gap="lg">
        {user && (
          <Card title="You">
            <dl className={classes.facts}>
              <dt>E-mail</dt>
              <dd>{user.email}</dd>
              <dt>Role</dt>
              <dd>
                {user.role === 'admin'
                  ? 'Administrator: you see and change the jobs of everybody'
                  : 'User: you see and change your own jobs'}
              </dd>
              <dt>Since</dt>
              <dd>
                <Time at={user.createdAt} format="long" />
              </dd>
            </dl>
            <NameForm user={user} />
          </Card>
        )}
        <Card title="Password and sessions">
          <Text size="sm" c="dimmed" mb="md">
            A new password ends your other sessions. API keys go on working: revoke them one by one.
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={() => setDialog('password')}>
              Change password
            </Button>
            <Button variant="default" onClick={() => setDialog('everywhere')}>
              Sign out everywhere
            </Button>
          </Group>
        </Card>
      </Stack>
      <Suspense>
        {dialog === 'password' && <ChangePassword onClose={close} />}
        {dialog === 'everywhere' && <SignOutEverywhere onClose={close} />}
      </Suspense>
    </div>
  );
}

function NameForm({ user }: { user: UserDto }) {
  const [name, setName] = useState(user.name);
  const rename = useMutation({
    mutationFn: () => dataOf(api.PATCH('/api/v1/auth/me', { body: { name: name.trim() } })),
    onSuccess: (renamed) => {
      session.updateUser(renamed);
      notifications.show({ message: 'Name changed.' });
    },
  });
  const fault = rename.error && describeError(rename.error).fields.find(({ field }) => field === 'name');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate();
      }}
    >
      <TextInput
        label="Name"
        autoComplete="name"
        required
        maxLength={200}
        className={classes.name}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        error={fault?.message}
      />
      <Button
        type="submit"
        variant="default"
        loading={rename.isPending}
        disabled={name.trim() === '' || name.trim() === user.name}
      >
        Save
      </Button>
      {rename.error && !fault && <FormError error={rename.error} />}
    </form>
  );
}
