import { useDebouncedValue } from '@mantine/hooks';
import { IconHash, IconListDetails, IconPlayerPause, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { pageOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { keys } from '../api/query-keys.js';
import { ADMIN_PAGES, NAVIGATION, SETTINGS_PAGES } from './navigation.js';
import { useIsAdmin } from './use-session.js';

export interface Command {
  id: string;
  label: string;
  hint?: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  run: () => void;
}

interface CommandGroup {
  name: string;
  commands: Command[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_JOBS = 8;
const TYPING_MS = 150;

/** What can be gone to or done that matches a text, in groups; those without a match are left out. */
export function useCommands(query: string): CommandGroup[] {
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  const jobs = useFoundJobs(query);
  const wanted = query.toLowerCase();

  const byId: Command[] = [
    {
      id: 'job-by-id',
      label: 'Open the job with this id',
      icon: IconHash,
      run: () => void navigate({ to: '/jobs/$jobId', params: { jobId: wanted } }),
    },
    {
      id: 'execution-by-id',
      label: 'Open the execution with this id',
      icon: IconHash,
      run: () => void navigate({ to: '/executions/$executionId', params: { executionId: wanted } }),
    },
  ];
  const found = jobs.map(({ id, name, type, tags }) => ({
    id,
    label: name,
    hint: [type, ...tags].join(' \u00b7 '),
    icon: IconListDetails,
    run: () => void navigate({ to: '/jobs/$jobId', params: { jobId: id } }),
  }));
  const commands: Command[] = [
    { id: 'new-job', label: 'Create a job', icon: IconPlus, run: () => void navigate({ to: '/jobs/new' }) },
    ...(isAdmin
      ? [
          {
            id: 'pause-system',
            label: 'Pause or resume everything',
            icon: IconPlayerPause,
            run: () => void navigate({ to: '/admin/system' }),
          },
        ]
      : []),
  ];
  const pages = NAVIGATION.filter(({ isForAdmins }) => isAdmin || !isForAdmins).map(
    ({ to, label, icon, key }) => ({
      id: to,
      label,
      hint: `g ${key}`,
      icon,
      run: () => void navigate({ to }),
    }),
  );
  const sections = [
    ...SETTINGS_PAGES.map((page) => ({ ...page, hint: 'Settings' })),
    ...(isAdmin ? ADMIN_PAGES : []).map((page) => ({ ...page, hint: 'Admin' })),
  ].map(({ to, ...page }) => ({ id: to, ...page, run: () => void navigate({ to }) }));
  const matching = (all: Command[]) => all.filter(({ label }) => label.toLowerCase().includes(wanted));
  return [
    { name: 'By id', commands: UUID.test(wanted) ? byId : [] },
    { name: 'Jobs', commands: found },
    { name: 'Pages', commands: matching(wanted === '' ? pages : [...pages, ...sections]) },
    { name: 'Commands', commands: matching(commands) },
  ].filter((group) => group.commands.length > 0);
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
  return search === '' || text === '' ? [] : (data?.items ?? []);
}
