import { Button, Menu, Select } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { CustomRange } from '../../components/custom-range.js';
import { type Filter, FilterBar } from '../../components/filter-bar.js';
import { STATUS, type StatusKind } from '../../components/status-kind.js';
import { StatusIcon } from '../../components/status-glyph.js';
import { useIsAdmin } from '../../shell/use-session.js';
import { TRIGGER_WORDS } from '../execution/words.js';
import {
  DEFAULT_RANGE,
  type ExecutionsSearch,
  RANGES,
  type Range,
  STATUSES,
  TRIGGERS,
  TYPES,
} from './executions-search.js';
import classes from './executions.module.css';

interface RunFiltersProps {
  search: ExecutionsSearch;
  onChange: (patch: Partial<ExecutionsSearch>) => void;
}

const RANGE_WORDS: Record<Range, string> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
};
const TYPE_WORDS = { http: 'HTTP', webhook: 'Webhook', script: 'Script', email: 'E-mail', custom: 'Custom' };
/** Takes every filter away, so that the address is short again. */
export const NO_FILTERS: Record<keyof ExecutionsSearch, undefined> = {
  status: undefined,
  type: undefined,
  trigger: undefined,
  range: undefined,
  from: undefined,
  to: undefined,
  search: undefined,
  owner: undefined,
};
const DAY_MS = 86_400_000;

/** What narrows the list of runs down; all of it is in the address. */
export function RunFilters({ search, onChange }: RunFiltersProps) {
  const isAdmin = useIsAdmin();
  const isCustom = search.from !== undefined || search.to !== undefined;
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  const filters: Filter[] = [
    {
      label: 'Type',
      value: search.type,
      options: TYPES.map((value) => ({ value, label: TYPE_WORDS[value] })),
      onChange: (type) => onChange({ type: TYPES.find((one) => one === type) }),
    },
    {
      label: 'Trigger',
      value: search.trigger,
      options: TRIGGERS.map((value) => ({ value, label: TRIGGER_WORDS[value] })),
      onChange: (trigger) => onChange({ trigger: TRIGGERS.find((one) => one === trigger) }),
    },
  ];
  const chooseRange = (value: string | null) => {
    if (value === 'custom') {
      onChange({ range: undefined, from: new Date(Date.now() - DAY_MS).toISOString(), to: undefined });
    } else {
      const range = RANGES.find((one) => one === value);
      onChange({ from: undefined, to: undefined, range: range === DEFAULT_RANGE ? undefined : range });
    }
  };
  return (
    <FilterBar
      search={{
        value: search.search,
        placeholder: 'Search jobs by name',
        onChange: (text) => onChange({ search: text }),
      }}
      filters={filters}
      onClear={isFiltered ? () => onChange(NO_FILTERS) : undefined}
    >
      <StatusMenu value={search.status ?? []} onChange={(status) => onChange({ status })} />
      <Select
        size="xs"
        aria-label="Due"
        className={classes.range}
        data={[
          ...RANGES.map((value) => ({ value: value as string, label: RANGE_WORDS[value] })),
          { value: 'custom', label: 'From, to' },
        ]}
        value={isCustom ? 'custom' : (search.range ?? DEFAULT_RANGE)}
        onChange={chooseRange}
        allowDeselect={false}
      />
      {isCustom && <CustomRange from={search.from} to={search.to} onChange={onChange} />}
      {isAdmin && <OwnerSelect value={search.owner} onChange={(owner) => onChange({ owner })} />}
    </FilterBar>
  );
}

type Status = (typeof STATUSES)[number];

function StatusMenu({
  value,
  onChange,
}: {
  value: Status[];
  onChange: (value: Status[] | undefined) => void;
}) {
  const words = value.map((status) => STATUS[kindOf(status)].word);
  const label =
    words.length === 0 ? 'Status' : words.length > 2 ? `${words.length} statuses` : words.join(', ');
  const choose = (chosen: string[]) => {
    const next = STATUSES.filter((status) => chosen.includes(status));
    onChange(next.length === 0 ? undefined : next);
  };
  return (
    <Menu closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          className={classes.status}
          data-chosen={words.length > 0 || undefined}
          rightSection={<IconChevronDown size={14} />}
          aria-label={words.length === 0 ? 'Status: any' : `Status: ${words.join(', ')}`}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.CheckboxGroup value={value} onChange={choose}>
          {STATUSES.map((status) => (
            <Menu.CheckboxItem key={status} value={status}>
              <span className={classes.option}>
                <StatusIcon kind={kindOf(status)} />
                {STATUS[kindOf(status)].word}
              </span>
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function kindOf(status: Status): StatusKind {
  return status === 'completed' ? 'ran' : status;
}

/** Most installations have a handful of people; of a large one the first hundred are offered. */
const MAX_OWNERS = 100;

function OwnerSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (owner: string | undefined) => void;
}) {
  const { data } = useQuery({
    queryKey: ['users', 'owners'],
    queryFn: ({ signal }) =>
      pageOf(api.GET('/api/v1/users', { params: { query: { limit: MAX_OWNERS } }, signal })),
  });
  const options = (data?.items ?? []).map(({ id, name, email }) => ({
    value: id,
    label: `${name} (${email})`,
  }));
  // A link may name somebody who is not among them.
  if (value !== undefined && !options.some((option) => option.value === value)) {
    options.push({ value, label: 'Somebody' });
  }
  return (
    <Select
      size="xs"
      aria-label="Owner"
      placeholder="Owner"
      className={classes.owner}
      data={options}
      value={value ?? null}
      onChange={(owner) => onChange(owner ?? undefined)}
      searchable
      clearable
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}
