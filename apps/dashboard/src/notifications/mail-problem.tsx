import { Alert } from '@mantine/core';
import { useChannels } from './use-notifications.js';

/** What keeps this installation from sending e-mail, where something does. */
export function MailProblem() {
  const { data } = useChannels();
  const problem = data?.find(({ name }) => name === 'email')?.problem;
  return (
    problem && (
      <Alert color="gray" title="E-mail is not set up here">
        {problem}
      </Alert>
    )
  );
}
