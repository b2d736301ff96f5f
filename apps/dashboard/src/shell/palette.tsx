import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { IconPlayerPlay, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { pageOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { keys } from '../api/query-keys.js';
import { NAVIGATION } from './navigation.js';
import { useIsAdmin } from './use-session.js';

const [store, spotlight] = createSpotlight();

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_JOBS = 8;
const TYPING_MS = 150;

/** Finds jobs by name, pages and commands; an id that is pasted leads to what it names. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  const jobs = useFoundJobs(query.trim());
  useEffect(() => spotlight.open(), []);

  const wanted = query.trim().toLowerCase();
  const pages = NAVIGATION.filter(
    ({ label, isForAdmins }) => (isAdmin || !isForAdmins) && label.toLowerCase().includes(wanted),
  );
  const isNewWanted = 'create a new job'.includes(wanted);
  const isEmpty = pages.length === 0 && jobs.length === 0 && !isNewWanted && !UUID.test(wanted);

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder="A job, a page, an id"
        aria-label="Search"
        leftSection={<IconSearch size={18} />}
      />
      <Spotlight.ActionsList>
        {UUID.test(wanted) && (
          <Spotlight.ActionsGroup label="By id">
            <Spotlight.Action
              label="Open the job with this id"
              onClick={() => void navigate({ to: '/jobs/$jobId', params: { jobId: wanted } })}
            />
            <Spotlight.Action
              label="Open the execution with this id"
              onClick={() =>
                void navigate({ to: '/executions/$executionId', params: { executionId: wanted } })
              }
            />
          </Spotlight.ActionsGroup>
        )}
        {jobs.length > 0 && (
          <Spotlight.ActionsGroup label="Jobs">
            {jobs.map(({ id, name, type, tags }) => (
              <Spotlight.Action
                key={id}
                label={name}
                description={[type, ...tags].join(' \u00b7 ')}
                leftSection={<IconPlayerPlay size={18} />}
                onClick={() => void navigate({ to: '/jobs/$jobId', params: { jobId: id } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {isNewWanted && (
          <Spotlight.ActionsGroup label="Commands">
            <Spotlight.Action
              label="Create a new job"
              leftSection={<IconPlus size={18} />}
              onClick={() => void navigate({ to: '/jobs/new' })}
            />
          </Spotlight.ActionsGroup>
        )}
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label="Pages">
            {pages.map(({ to, label, icon: Icon }) => (
              <Spotlight.Action
                key={to}
                label={label}
                leftSection={<Icon size={18} />}
                onClick={() => void navigate({ to })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {isEmpty && <Spotlight.Empty>No job or page is called that.</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useFoundJobs(text: string) {
  const [search] = useDebouncedValue(text, TYPING_MS);
  const filter = { search, limit: MAX_JOBS };
  const { data } = useQuery({
    queryKey: keys.jobs.list(filter),
    queryFn: ({ signal }) => pageOf(api.GET('/api/v1/jobs', { params: { query: filter }, signal })),
    enabled: search !== '' && !UUID.test(search),
    placeholderData: (before) => before,
  });
  return search === '' ? [] : (data?.items ?? []);
}
