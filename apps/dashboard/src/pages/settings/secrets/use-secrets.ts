import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SecretDto } from '#client';
import { dataOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/query-keys.js';

export interface SecretInput {
  name: string;
  /** Empty: stays what it is. */
  value: string;
  description: string;
}

/** One's own secrets, by name and without their values. */
export function useSecrets() {
  return useQuery({
    queryKey: keys.secrets(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/secrets', { signal })),
  });
}

/** Keeps a new secret, or changes the one that is given. */
export function useSaveSecret(secret: SecretDto | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, value, description }: SecretInput) => {
      const said = description.trim() === '' ? null : description.trim();
      if (!secret) return dataOf(api.POST('/api/v1/secrets', { body: { name, value, description: said } }));
      return dataOf(
        api.PATCH('/api/v1/secrets/{name}', {
          params: { path: { name: secret.name } },
          body: { description: said, ...(value !== '' && { value }) },
        }),
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.secrets() }),
    // It holds the value, which is not to stay in memory.
    gcTime: 0,
  });
}

/** `isForced`: also where jobs use it. */
export function useDeleteSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, isForced }: { name: string; isForced: boolean }) =>
      api.DELETE('/api/v1/secrets/{name}', {
        params: { path: { name }, query: isForced ? { force: 'true' } : {} },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.secrets() }),
  });
}
