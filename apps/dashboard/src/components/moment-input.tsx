import { TextInput, type TextInputProps } from '@mantine/core';
import { momentOf, wallClock } from '../time/wall-clock.js';

interface MomentInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** ISO 8601; null: nothing is given. */
  value: string | null;
  onChange: (at: string | null) => void;
  /** By whose clocks it is typed. */
  zone: string;
}

/** A moment, typed as the clocks of a zone show it. */
export function MomentInput({ value, onChange, zone, ...props }: MomentInputProps) {
  return (
    <TextInput
      {...props}
      type="datetime-local"
      step={1}
      value={value === null ? '' : wallClock(Date.parse(value), zone)}
      onChange={({ currentTarget }) => {
        const at = momentOf(currentTarget.value, zone);
        onChange(Number.isNaN(at) ? null : new Date(at).toISOString());
      }}
    />
  );
}
