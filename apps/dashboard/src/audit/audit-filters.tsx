import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf, pageOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { keys } from '../api/query-keys.js';
import { CustomRange } from '../components/custom-range.js';
import { FilterBar } from '../components/filter-bar.js';
import { LookupSelect } from '../components/lookup-select.js';
import { useIsAdmin } from '../shell/use-session.js';
import { serverNow } from '../time/server-clock.js';
import { AUDIT_RANGES, type AuditRange, type AuditSearch } from './audit-search.js';
import { ACTION_GROUPS } from './audit-words.js';
import classes from './audit.module.css';

interface AuditFiltersProps {
  search: AuditSearch;
  /** Can it be narrowed down to one account? */
  hasActor: boolean;
  onChange: (patch: Partial<AuditSearch>) => void;
  onClear: (() => void) | undefined;
}

const RANGE_WORDS: Record<AuditRange, string> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
};
const RANGE_CHOICES = [
  { value: 'all', label: 'At any time' },
  ...AUDIT_RANGES.map((value) => ({ value: value as string, label: RANGE_WORDS[value] })),
  { value: 'custom', label: 'From, to' },
];
const DAY_MS = 86_400_000;
const TYPING_MS = 200;
const MAX_FOUND = 20;

/** Who, what, which job and when; all of it is in the address. */
export function AuditFilters({ search, hasActor, onChange, onClear }: AuditFiltersProps) {
  const isAdmin = useIsAdmin();
  const isCustom = search.from !== undefined || search.to !== undefined;
  const chooseRange = (value: string | null) => {
    const range = AUDIT_RANGES.find((one) => one === value);
    const from = value === 'custom' ? new Date(serverNow() - DAY_MS).toISOString() : undefined;
    onChange({ range, from, to: undefined });
  };
  return (
    <FilterBar onClear={onClear}>
      {isAdmin && hasActor && <ActorLookup value={search.actor} onChange={(actor) => onChange({ actor })} />}
      <Select
        size="xs"
        aria-label="What"
        placeholder="What"
        className={classes.action}
        data={ACTION_GROUPS}
        value={search.action ?? null}
        onChange={(action) => onChange({ action: action ?? undefined })}
        searchable
        clearable
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      />
      <JobLookup value={search.jobId} onChange={(jobId) => onChange({ jobId })} />
      <Select
        size="xs"
        aria-label="When"
        className={classes.range}
        data={RANGE_CHOICES}
        value={isCustom ? 'custom' : (search.range ?? 'all')}
        onChange={chooseRange}
        allowDeselect={false}
      />
      {isCustom && <CustomRange from={search.from} to={search.to} onChange={onChange} />}
    </FilterBar>
  );
}

interface LookupProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function ActorLookup({ value, onChange }: LookupProps) {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text, TYPING_MS);
  const filter = { limit: MAX_FOUND, ...(wanted !== '' && wanted !== value && { search: wanted }) };
  const { data } = useQuery({
    queryKey: keys.users.found(filter),
    queryFn: ({ signal }) => pageOf(api.GET('/api/v1/users', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <LookupSelect
      label="Who"
      value={value}
      valueLabel={value}
      options={(data?.items ?? []).map(({ email }) => ({ value: email, label: email }))}
      search={text}
      onSearch={setText}
      onChange={onChange}
    />
  );
}

function JobLookup({ value, onChange }: LookupProps) {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text, TYPING_MS);
  const { data: chosen } = useQuery({
    queryKey: keys.jobs.one(value ?? ''),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/jobs/{id}', { params: { path: { id: value ?? '' } }, signal })),
    enabled: value !== undefined,
  });
  const isTyped = wanted !== '' && wanted !== chosen?.name;
  const filter = { limit: MAX_FOUND, sort: 'name' as const, ...(isTyped && { search: wanted }) };
  const { data } = useQuery({
    queryKey: keys.jobs.list(filter),
    queryFn: ({ signal }) => pageOf(api.GET('/api/v1/jobs', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <LookupSelect
      label="Job"
      value={value}
      valueLabel={chosen?.name}
      options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      search={text}
      onSearch={setText}
      onChange={onChange}
    />
  );
}
