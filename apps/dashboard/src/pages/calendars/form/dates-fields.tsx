import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Faults } from './faults.js';
import { type DatesRow, newDates } from './form-values.js';
import classes from './calendar-form.module.css';

interface DatesFieldsProps {
  rows: DatesRow[];
  onChange: (rows: DatesRow[]) => void;
  faultOf: Faults;
}

/** Whole days, or ranges of them. */
export function DatesFields({ rows, onChange, faultOf }: DatesFieldsProps) {
  const change = (key: number, patch: Partial<DatesRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>Dates</legend>
      <p className={classes.help}>Whole days. With a last day, all from the first to it.</p>
      {rows.map(({ key, from, to, label }, index) => (
        <div key={key} className={classes.dates} role="group" aria-label={`Date ${index + 1}`}>
          <TextInput
            type="date"
            label="First day"
            required
            withAsterisk={false}
            value={from}
            error={faultOf(`dates.${index}.from`) ?? faultOf(`dates.${index}`)}
            onChange={({ currentTarget }) => change(key, { from: currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Last day"
            value={to}
            error={faultOf(`dates.${index}.to`)}
            onChange={({ currentTarget }) => change(key, { to: currentTarget.value })}
          />
          <TextInput
            label="Why"
            placeholder="Christmas"
            maxLength={200}
            value={label}
            error={faultOf(`dates.${index}.label`)}
            onChange={({ currentTarget }) => change(key, { label: currentTarget.value })}
          />
          <ActionIcon
            size={36}
            aria-label={`Remove date ${index + 1}`}
            data-hint="Remove"
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...rows, newDates()])}
      >
        Add a date
      </Button>
    </fieldset>
  );
}
