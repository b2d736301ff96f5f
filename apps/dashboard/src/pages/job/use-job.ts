import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { describeError } from '../../api/describe-error.js';
import { keys } from '../../api/query-keys.js';

/** A job, as it is now. */
export function useJob(id: string) {
  return useQuery({
    queryKey: keys.jobs.one(id),
    queryFn: () => dataOf(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } })),
  });
}

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
