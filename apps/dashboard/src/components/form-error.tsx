import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { describeError } from '../api/describe-error.js';

/** Why a form was refused, above its buttons. Faults of single fields belong beside those. */
export function FormError({ error }: { error: Error }) {
  const { title, message, requestId } = describeError(error);
  return (
    <Alert color="danger" icon={<IconAlertTriangle size={18} />} title={title} role="alert">
      <Text size="sm">{message}</Text>
      {requestId !== undefined && (
        <Text size="xs" c="dimmed">
          Request {requestId}
        </Text>
      )}
    </Alert>
  );
}
