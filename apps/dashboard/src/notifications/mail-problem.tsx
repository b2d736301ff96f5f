import { Alert } from '@mantine/core';
import { useChannels } from './use-notifications.js';

/** What keeps this installation from sending e-mail, where something does. */
export function MailProblem() {
  // What an installation lacks stays as it is while a form is open; the counts that come with it are not for here.
  const { data } = useChannels(false);
  const problem = data?.find(({ name }) => name === 'email')?.problem;
  return (
    problem && (
      <Alert color="gray" title="E-mail is not set up here">
        {problem}
      </Alert>
    )
  );
}
