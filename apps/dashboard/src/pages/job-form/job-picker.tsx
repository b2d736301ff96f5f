import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JobDto } from '#client';
import { pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { ScheduleWords } from '../../components/schedule-words.js';
import { useIsAdmin, useUser } from '../../shell/use-session.js';
import classes from './parents-input.module.css';
import { useParents } from './use-parents.js';

interface JobPickerProps {
  label: string;
  field: string;
  error: string | undefined;
  /** Id of a job; empty: none yet. */
  value: string;
  onChange: (id: string) => void;
  /** Whose jobs there are to choose from; undefined: those of who is signed in. */
  ownerId: string | undefined;
  isOffered: (id: string) => boolean;
}

const TYPING_MS = 200;
/** More than fit into view help nobody; typing finds the others. */
const SHOWN = 20;

/** Chooses a job by a part of its name. */
export function JobPicker({ label, field, error, value, onChange, ownerId, isOffered }: JobPickerProps) {
  const chosen = useParents([value]).get(value);
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<string>();
  const isSearching = typed !== undefined && typed !== chosen?.name;
  const [search] = useDebouncedValue(isSearching ? typed.trim() : '', TYPING_MS);
  const isAdmin = useIsAdmin();
  const me = useUser()?.id;
  const owner = isAdmin ? (ownerId ?? me) : undefined;
  const query = {
    sort: 'name' as const,
    limit: SHOWN,
    ...(search !== '' && { search }),
    ...(owner && { owner }),
  };
  const { data, isFetching } = useQuery({
    queryKey: keys.jobs.list({ ...query, picker: true }),
    queryFn: ({ signal }) => pageOf(api.GET('/api/v1/jobs', { params: { query }, signal })),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const offered = (data?.items ?? []).filter(({ id }) => isOffered(id));
  const others = chosen && !offered.some(({ id }) => id === chosen.id) && !isSearching ? [chosen] : [];
  const jobs = [...offered, ...others];
  const unread =
    value !== '' && !jobs.some(({ id }) => id === value) ? [{ value, label: chosen?.name ?? value }] : [];
  return (
    <Select
      aria-label={label}
      placeholder="Name of a job"
      searchable
      data-field={field}
      error={error}
      data={[...jobs.map((job) => ({ value: job.id, label: job.name })), ...unread]}
      filter={({ options }) => options}
      nothingFoundMessage={isFetching ? 'Looking' : 'No job is called that'}
      renderOption={({ option }) => (
        <Choice job={jobs.find(({ id }) => id === option.value)} name={option.label} />
      )}
      onDropdownOpen={() => setOpen(true)}
      onSearchChange={setTyped}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}

function Choice({ job, name }: { job: JobDto | undefined; name: string }) {
  return (
    <span className={classes.choice}>
      <span>{name}</span>
      {job && (
        <span className={classes.when}>
          <ScheduleWords job={job} />
        </span>
      )}
    </span>
  );
}
