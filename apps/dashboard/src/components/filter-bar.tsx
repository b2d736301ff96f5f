import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import classes from './filter-bar.module.css';

export interface Filter {
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

interface FilterBarProps {
  search?: {
    value: string | undefined;
    placeholder: string;
    onChange: (value: string | undefined) => void;
  };
  filters?: Filter[];
  /** More controls of the page's own. */
  children?: ReactNode;
  /** Given while anything is filtered: takes all of it away. */
  onClear?: (() => void) | undefined;
}

const TYPING_MS = 250;

/** What narrows a list down. Its state is the page's address (`useSetSearch`), so that it can be shared and gone back to. */
export function FilterBar({ search, filters, children, onClear }: FilterBarProps) {
  return (
    <search className={classes.bar}>
      {search && <SearchField {...search} />}
      {filters?.map(({ label, value, options, onChange }) => (
        <Select
          key={label}
          size="xs"
          aria-label={label}
          placeholder={label}
          className={classes.select}
          data={options}
          value={value ?? null}
          onChange={(next) => onChange(next ?? undefined)}
          clearable
          comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        />
      ))}
      {children}
      {onClear && (
        <Button size="xs" variant="subtle" leftSection={<IconX size={14} />} onClick={onClear}>
          Clear filters
        </Button>
      )}
    </search>
  );
}

function SearchField({ value, placeholder, onChange }: NonNullable<FilterBarProps['search']>) {
  const [text, setText] = useState(value ?? '');
  const tell = useDebouncedCallback(
    (next: string) => onChange(next.trim() === '' ? undefined : next.trim()),
    TYPING_MS,
  );
  const [shownFor, setShownFor] = useState(value);
  // Going back, or clearing the filters, changes it from outside.
  if (value !== shownFor) {
    setShownFor(value);
    if (text.trim() !== (value ?? '')) setText(value ?? '');
  }
  return (
    <TextInput
      size="xs"
      type="search"
      className={classes.search}
      aria-label={placeholder}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}
