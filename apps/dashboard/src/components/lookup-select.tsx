import { Select } from '@mantine/core';
import classes from './filter-bar.module.css';

interface LookupSelectProps {
  label: string;
  value: string | undefined;
  /** What the chosen one is called, where it is not among the options. */
  valueLabel: string | undefined;
  /** What the server found for the text. */
  options: { value: string; label: string }[];
  search: string;
  onSearch: (text: string) => void;
  onChange: (value: string | undefined) => void;
}

/** A filter among more than a list holds: the server searches as one types. */
export function LookupSelect({
  label,
  value,
  valueLabel,
  options,
  search,
  onSearch,
  onChange,
}: LookupSelectProps) {
  const isKnown = value === undefined || options.some((option) => option.value === value);
  return (
    <Select
      size="xs"
      aria-label={label}
      placeholder={label}
      className={classes.lookup}
      data={isKnown ? options : [{ value, label: valueLabel ?? value }, ...options]}
      // Found by the server already.
      filter={({ options: found }) => found}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      searchValue={search}
      onSearchChange={onSearch}
      nothingFoundMessage="Nothing found"
      clearable
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}
