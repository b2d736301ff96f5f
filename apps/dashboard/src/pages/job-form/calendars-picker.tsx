import { MultiSelect } from '@mantine/core';
import { useCalendarChoices } from './use-calendar-choices.js';

interface CalendarsPickerProps {
  label: string;
  value: string[];
  onChange: (ids: string[]) => void;
  error: string | undefined;
  'data-field': string;
}

/** The calendars that say when the job does not run; nothing where there are none to choose from. */
export function CalendarsPicker({ value, ...props }: CalendarsPickerProps) {
  const known = useCalendarChoices();
  // One of somebody else's is kept, though only its id can be told.
  const others = value.filter((id) => !known.some((calendar) => calendar.id === id));
  if (known.length === 0 && value.length === 0) return null;
  return (
    <MultiSelect
      description="It does not run while one of them is closed."
      searchable
      clearable
      maxValues={20}
      data={[
        ...known.map(({ id, name }) => ({ value: id, label: name })),
        ...others.map((id) => ({ value: id, label: id })),
      ]}
      value={value}
      {...props}
    />
  );
}
