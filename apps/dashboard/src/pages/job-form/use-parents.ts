import { useQueries } from '@tanstack/react-query';
import type { JobDto } from '#client';
import { jobQuery } from '../../api/use-job.js';

/** The jobs a chained one is to run after, by id; those that cannot be read are missing. */
export function useParents(ids: string[]): Map<string, JobDto> {
  return useQueries({
    queries: [...new Set(ids)].filter((id) => id !== '').map(jobQuery),
    combine: (answers) => new Map(answers.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
  });
}
