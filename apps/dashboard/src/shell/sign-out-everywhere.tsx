import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, session } from '../api/client.js';
import { FormError } from '../components/form-error.js';

/** Ends all sessions of who is signed in, on every device. */
export default function SignOutEverywhere({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => api.POST('/api/v1/auth/logout-everywhere'),
    onSuccess: () => {
      session.signOut();
      queryClient.clear();
    },
  });
  return (
    <Modal opened onClose={onClose} title="Sign out everywhere">
      <Stack gap="md">
        <Text size="sm">
          You are signed out here, on all other devices and in the command line, at once. API keys go on
          working.
        </Text>
        {signOut.error && <FormError error={signOut.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="danger" loading={signOut.isPending} onClick={() => signOut.mutate()}>
            Sign out everywhere
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
