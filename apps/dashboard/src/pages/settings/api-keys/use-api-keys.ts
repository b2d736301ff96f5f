import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CreateApiKeyDto } from '#client';
import { dataOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/query-keys.js';

/** One's own API keys, newest first. */
export function useApiKeys() {
  return useQuery({
    queryKey: keys.apiKeys(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/auth/api-keys', { signal })),
  });
}

export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateApiKeyDto) => dataOf(api.POST('/api/v1/auth/api-keys', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys() }),
    // The key is shown once: it is not to stay in memory for longer.
    gcTime: 0,
  });
}

export function useRevokeApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/auth/api-keys/{id}', { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.apiKeys() }),
  });
}
