import { Button, Group, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { describeError } from '../../../api/describe-error.js';
import { Card } from '../../../components/card.js';
import { FormError } from '../../../components/form-error.js';
import { LeaveGuard } from '../../../components/leave-guard.js';
import { ZonePicker } from '../../../components/zone-picker.js';
import { useIsAdmin } from '../../../shell/use-session.js';
import classes from './calendar-form.module.css';
import { DatesFields } from './dates-fields.js';
import { faultsOf } from './faults.js';
import type { CalendarValues } from './form-values.js';
import { WeeklyFields } from './weekly-fields.js';

interface CalendarFormProps {
  initial: CalendarValues;
  /** The verb of the button. */
  action: string;
  error: Error | null;
  isSaving: boolean;
  /** Set before it is left with what was typed kept. */
  isSaved: { current: boolean };
  /** Below the fields: an import, a hint of what a change does. */
  children?: ReactNode;
  /** Beside the error, what else can be done about it. */
  remedy?: ReactNode;
  onSave: (values: CalendarValues) => void;
  onCancel: () => void;
}

/** What a calendar is called, whose clocks it goes by, and when it is closed. */
export function CalendarForm(props: CalendarFormProps) {
  const { initial, action, error, isSaving, isSaved, children, remedy, onSave, onCancel } = props;
  const [values, setValues] = useState(initial);
  const isAdmin = useIsAdmin();
  const described = error === null ? undefined : describeError(error);
  const faultOf = faultsOf(described);
  const set = (patch: Partial<CalendarValues>) => setValues((before) => ({ ...before, ...patch }));
  const isDirty = () => !isSaved.current && JSON.stringify(values) !== JSON.stringify(initial);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(values);
      }}
    >
      <LeaveGuard isDirty={isDirty} />
      <Card title="What it is">
        <Stack gap="md" className={classes.basics}>
          <TextInput
            label="Name"
            required
            withAsterisk={false}
            maxLength={200}
            placeholder="Public holidays"
            value={values.name}
            error={faultOf('name')}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
            data-autofocus
          />
          <Textarea
            label="Description"
            autosize
            minRows={1}
            maxLength={2_000}
            value={values.description}
            error={faultOf('description')}
            onChange={({ currentTarget }) => set({ description: currentTarget.value })}
          />
          <ZonePicker
            label="Time zone"
            description="Its days and hours are those of the clocks there."
            value={values.timezone}
            error={faultOf('timezone')}
            onChange={(timezone) => set({ timezone })}
          />
          {isAdmin && (
            <Switch
              label="Shared with everybody"
              description="All may name it in their jobs; administrators change it."
              checked={values.shared}
              onChange={({ currentTarget }) => set({ shared: currentTarget.checked })}
            />
          )}
        </Stack>
      </Card>
      <Card title="When it is closed">
        <Stack gap="xl">
          <WeeklyFields rows={values.weekly} onChange={(weekly) => set({ weekly })} faultOf={faultOf} />
          <DatesFields rows={values.dates} onChange={(dates) => set({ dates })} faultOf={faultOf} />
        </Stack>
      </Card>
      {children}
      {error && <FormError error={error} />}
      {remedy}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={isSaving}>
          {action}
        </Button>
      </Group>
    </form>
  );
}
