import { allPages, type ChronosClient, type JobDto } from '#client';

/** Every job of an account, in whatever status. Administrators see those of others too, which are not meant here. */
export async function ownJobs(client: ChronosClient, owner: string): Promise<JobDto[]> {
  const jobs: JobDto[] = [];
  const query = { owner, limit: 100 };
  const pages = allPages((cursor) => client.GET('/api/v1/jobs', { params: { query: { ...query, cursor } } }));
  for await (const { data } of pages) jobs.push(...data);
  return jobs;
}
