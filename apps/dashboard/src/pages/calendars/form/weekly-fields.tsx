import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Weekday } from '#client';
import { WEEKDAY_NAMES, WEEKDAYS, weeklyInWords } from '../rules-in-words.js';
import type { Faults } from './faults.js';
import { newWeekly, requestOf, emptyValues, type WeeklyRow } from './form-values.js';
import classes from './calendar-form.module.css';

interface WeeklyFieldsProps {
  rows: WeeklyRow[];
  onChange: (rows: WeeklyRow[]) => void;
  faultOf: Faults;
}

/** Hours of some days of each week. */
export function WeeklyFields({ rows, onChange, faultOf }: WeeklyFieldsProps) {
  const change = (key: number, patch: Partial<WeeklyRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>Each week</legend>
      <p className={classes.help}>
        From a time on and before another; over midnight where that is earlier. 00:00 to 00:00 is the whole
        day.
      </p>
      {rows.map((row, index) => (
        <div key={row.key} className={classes.weekly} role="group" aria-label={`Weekly window ${index + 1}`}>
          <Input.Wrapper label="Days" labelElement="div" error={faultOf(`weekly.${index}.days`)}>
            <Days value={row.days} onChange={(days) => change(row.key, { days })} />
          </Input.Wrapper>
          <TextInput
            type="time"
            label="From"
            required
            withAsterisk={false}
            value={row.from}
            error={faultOf(`weekly.${index}.from`)}
            onChange={({ currentTarget }) => change(row.key, { from: currentTarget.value })}
          />
          <TextInput
            type="time"
            label="To"
            required
            withAsterisk={false}
            value={row.to}
            error={faultOf(`weekly.${index}.to`)}
            onChange={({ currentTarget }) => change(row.key, { to: currentTarget.value })}
          />
          <TextInput
            label="Why"
            placeholder="Nights"
            maxLength={200}
            value={row.label}
            error={faultOf(`weekly.${index}.label`)}
            onChange={({ currentTarget }) => change(row.key, { label: currentTarget.value })}
          />
          <ActionIcon
            size={36}
            aria-label={`Remove weekly window ${index + 1}`}
            data-hint="Remove"
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <IconTrash size={16} />
          </ActionIcon>
          <p className={classes.words}>{row.days.length > 0 && `Closed ${inWords(row)}.`}</p>
        </div>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...rows, newWeekly()])}
      >
        Add hours of the week
      </Button>
    </fieldset>
  );
}

function Days({ value, onChange }: { value: Weekday[]; onChange: (days: Weekday[]) => void }) {
  const toggled = (day: Weekday) =>
    WEEKDAYS.filter((one) => (one === day ? !value.includes(one) : value.includes(one)));
  return (
    <div className={classes.days}>
      {WEEKDAYS.map((day) => (
        <button
          key={day}
          type="button"
          className={classes.toggle}
          title={WEEKDAY_NAMES[day]}
          aria-pressed={value.includes(day)}
          onClick={() => onChange(toggled(day))}
        >
          {WEEKDAY_NAMES[day].slice(0, 2)}
        </button>
      ))}
    </div>
  );
}

function inWords(row: WeeklyRow): string {
  const [window] = requestOf({ ...emptyValues(), weekly: [row] }).weekly;
  return window ? weeklyInWords({ ...window, label: null }) : '';
}
