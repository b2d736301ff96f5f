import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ChainCondition, JobDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { CONDITIONS } from '../../components/chain-conditions.js';

interface LinkedJob {
  id: string;
  name: string;
  on: ChainCondition;
}

/** Which jobs one runs after, and which run after it; nothing of a job that stands alone. */
export function JobChain({ job: { id } }: { job: JobDto }) {
  const { data } = useQuery({
    queryKey: [...keys.jobs.one(id), 'chain'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/jobs/{id}/chain', { params: { path: { id } }, signal })),
  });
  const { jobs = [], links = [] } = data ?? {};
  const linked = (jobId: string, on: ChainCondition): LinkedJob => ({
    id: jobId,
    name: jobs.find((job) => job.id === jobId)?.name ?? jobId,
    on,
  });
  const before = links.filter(({ childId }) => childId === id).map((link) => linked(link.parentId, link.on));
  const after = links.filter(({ parentId }) => parentId === id).map((link) => linked(link.childId, link.on));
  return (
    <>
      {before.length > 0 && (
        <Text size="sm">
          Runs after <Jobs jobs={before} wordsOf={(on) => CONDITIONS[on]} />
        </Text>
      )}
      {after.length > 0 && (
        <Text size="sm">
          Sets off <Jobs jobs={after} wordsOf={(on) => `when it ${CONDITIONS[on]}`} />
        </Text>
      )}
    </>
  );
}

function Jobs({ jobs, wordsOf }: { jobs: LinkedJob[]; wordsOf: (on: ChainCondition) => string }) {
  return jobs.map(({ id, name, on }, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <Link to="/jobs/$jobId" params={{ jobId: id }}>
        {name}
      </Link>{' '}
      {wordsOf(on)}
    </span>
  ));
}
