import { Button, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { session } from '../api/client.js';
import { SignInForm } from '../pages/sign-in/sign-in-form.js';

/**
 * Over the page whose session is over: signing in again goes on where one was, with what had been typed. Somebody else who
 * signs in begins anew.
 */
export default function SessionEnded() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const before = useRef(session.state().user?.id);
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title="Your session has ended">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          It expired, or was ended elsewhere. Sign in again to go on where you were; nothing on this page is
          lost.
        </Text>
        <SignInForm
          onSignedIn={({ user }) => {
            if (before.current !== user.id) {
              queryClient.clear();
              void navigate({ to: '/' });
            } else {
              void queryClient.invalidateQueries();
            }
          }}
        />
        <Button variant="subtle" onClick={() => session.signOut()}>
          Leave
        </Button>
      </Stack>
    </Modal>
  );
}
