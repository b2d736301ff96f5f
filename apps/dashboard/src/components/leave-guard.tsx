import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { session } from '../api/client.js';

/** Asks before what was typed is left behind: within the dashboard by a dialog, else as the browser asks. */
export function LeaveGuard({ isDirty }: { isDirty: () => boolean }) {
  // Who signed out has left already.
  const mustAsk = () => isDirty() && session.state().status !== 'signed-out';
  const blocker = useBlocker({ shouldBlockFn: mustAsk, enableBeforeUnload: mustAsk, withResolver: true });
  if (blocker.status !== 'blocked') return null;
  return (
    <Modal opened onClose={blocker.reset} title="Leave without saving?">
      <Stack gap="md">
        <Text size="sm">What you changed here will be lost.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={blocker.reset} data-autofocus>
            Stay
          </Button>
          <Button color="danger" onClick={blocker.proceed}>
            Leave
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
