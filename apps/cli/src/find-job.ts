import { allPages, type ChronosClient, dataOf, type JobDto } from '#client';
import { CliError } from './exit-code.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The job a person means by an id or by its exact name.
 * @throws CliError where there is none of that name, or more than one
 */
export async function findJob(client: ChronosClient, reference: string): Promise<JobDto> {
  if (UUID.test(reference)) {
    return dataOf(client.GET('/api/v1/jobs/{id}', { params: { path: { id: reference } } }));
  }
  const found: JobDto[] = [];
  const query = { search: reference.slice(0, 200), limit: 100 };
  const pages = allPages((cursor) => client.GET('/api/v1/jobs', { params: { query: { ...query, cursor } } }));
  for await (const { data } of pages) found.push(...data.filter(({ name }) => name === reference));
  const [job, ...others] = found;
  if (!job) throw new CliError(`There is no job "${reference}" that you can see.`);
  if (others.length > 0) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new CliError(
      `${found.length} jobs are named "${reference}".`,
      undefined,
      `Name one by its id: ${ids}`,
    );
  }
  return job;
}
