import { Input, NumberInput, Select } from '@mantine/core';
import { useId, useState } from 'react';
import classes from './duration-input.module.css';
import { useTypedNumber } from './use-typed-number.js';

interface DurationInputProps {
  label: string;
  description?: string;
  error?: string | undefined;
  placeholder?: string;
  /** Milliseconds; null: nothing is given. */
  value: number | null;
  onChange: (ms: number | null) => void;
  /** The unit an empty field begins with. */
  unit?: Unit;
  'data-field'?: string;
}

const UNITS = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
type Unit = keyof typeof UNITS;

const NAMES: Record<Unit, string> = {
  ms: 'milliseconds',
  s: 'seconds',
  min: 'minutes',
  h: 'hours',
  d: 'days',
};
const CHOICES = Object.entries(NAMES).map(([value, label]) => ({ value, label }));

/** A length of time as a number and its unit. */
export function DurationInput({ value, onChange, unit: first = 's', ...props }: DurationInputProps) {
  const { label, description, error, placeholder, 'data-field': field } = props;
  const id = useId();
  const [chosen, setChosen] = useState<Unit>();
  const unit = chosen ?? unitOf(value) ?? first;
  const typed = useTypedNumber(value === null ? null : value / UNITS[unit], (amount) => {
    setChosen(unit);
    onChange(amount === null ? null : Math.round(amount * UNITS[unit]));
  });
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error}>
      <div className={classes.pair}>
        <NumberInput
          id={id}
          data-field={field}
          error={error !== undefined}
          placeholder={placeholder}
          min={0}
          hideControls
          allowNegative={false}
          {...typed}
        />
        <Select
          aria-label={`${label}: unit`}
          data={CHOICES}
          value={unit}
          allowDeselect={false}
          withCheckIcon={false}
          onChange={(next) => {
            const to = next as Unit;
            setChosen(to);
            if (value !== null) onChange((value / UNITS[unit]) * UNITS[to]);
          }}
        />
      </div>
    </Input.Wrapper>
  );
}

/** The largest unit that says it in whole numbers. */
function unitOf(ms: number | null): Unit | undefined {
  if (ms === null || ms === 0) return undefined;
  return (Object.keys(UNITS) as Unit[]).toReversed().find((unit) => ms % UNITS[unit] === 0);
}
