import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { describeError } from '../api/describe-error.js';
import { FormError } from '../components/form-error.js';
import { PASSWORD_HINT } from './password-hint.js';

/** Changes the password of who is signed in. Their other sessions end; this one goes on. */
export default function ChangePassword({ onClose }: { onClose: () => void }) {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: () => api.POST('/api/v1/auth/change-password', { body: { currentPassword, newPassword } }),
    onSuccess: () => {
      notifications.show({ message: 'Password changed. You were signed out everywhere else.' });
      onClose();
    },
  });
  const error = change.error && describeError(change.error);
  const fault = (field: string) => error?.fields.find((one) => one.field === field)?.message;
  return (
    <Modal opened onClose={onClose} title="Change password">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Your other sessions end at once. API keys go on working.
          </Text>
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            data-autofocus
            required
            value={currentPassword}
            onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
            error={fault('currentPassword')}
          />
          <PasswordInput
            label="New password"
            description={PASSWORD_HINT}
            autoComplete="new-password"
            required
            value={newPassword}
            onChange={({ currentTarget }) => setNew(currentTarget.value)}
            error={fault('newPassword')}
          />
          {error && error.fields.length === 0 && <FormError error={change.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={change.isPending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
