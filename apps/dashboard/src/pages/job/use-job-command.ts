import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { describeError } from '../../api/describe-error.js';
import { keys } from '../../api/query-keys.js';

/** Something done to a job: what is shown of it is read again, and a refusal is told. */
export function useJobCommand<Input>(id: string, command: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: command,
    onSettled: () => client.invalidateQueries({ queryKey: keys.jobs.one(id) }),
    onError: (error) => {
      const { title, message } = describeError(error);
      notifications.show({ color: 'danger', title, message });
    },
  });
}
