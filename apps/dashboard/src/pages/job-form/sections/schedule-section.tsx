import { Input, SegmentedControl } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import type { ScheduleType } from '#client';
import { Card } from '../../../components/card.js';
import { DurationInput } from '../../../components/duration-input.js';
import { MomentInput } from '../../../components/moment-input.js';
import { ZonePicker } from '../../../components/zone-picker.js';
import { momentOf, wallClock } from '../../../time/wall-clock.js';
import { CalendarsPicker } from '../calendars-picker.js';
import { CronInput } from '../cron-input.js';
import { field, type SectionProps } from '../field.js';
import classes from '../job-form.module.css';
import type { ScheduleValues } from '../model/form-values.js';
import { ParentsInput } from '../parents-input.js';

const KINDS: { value: ScheduleType; label: string }[] = [
  { value: 'immediate', label: 'Now' },
  { value: 'scheduled', label: 'Once' },
  { value: 'recurring', label: 'Cron' },
  { value: 'interval', label: 'Every' },
  { value: 'chained', label: 'After' },
];

interface ScheduleProps extends SectionProps<ScheduleValues> {
  /** Of the job that is edited or copied. */
  job: { id: string; ownerId: string } | undefined;
  /** The runs to come, where there is no room for them beside the form. */
  children: ReactNode;
}

/** When the job runs. */
export const ScheduleSection = memo(({ values, onChange, faultOf, job, children }: ScheduleProps) => {
  const { scheduleType, timezone } = values;
  const hasTimes = scheduleType !== 'immediate' && scheduleType !== 'chained';
  const zone = (
    <ZonePicker
      {...field('timezone', faultOf)}
      value={timezone}
      onChange={(next) => onChange(inZone(values, next))}
    />
  );
  return (
    <Card title="Schedule">
      <div className={classes.fields}>
        <Input.Wrapper label="Runs" error={faultOf('scheduleType')} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label="Runs"
            data={KINDS}
            value={scheduleType}
            onChange={(next) => onChange({ scheduleType: next })}
          />
        </Input.Wrapper>
        {scheduleType === 'recurring' && (
          <>
            <CronInput
              {...field('cronExpression', faultOf)}
              value={values.cronExpression}
              onChange={(cronExpression) => onChange({ cronExpression })}
            />
            {zone}
          </>
        )}
        {scheduleType === 'scheduled' && (
          <div className={classes.pair}>
            <MomentInput
              required
              {...field('scheduledAt', faultOf)}
              zone={timezone}
              value={values.scheduledAt}
              onChange={(scheduledAt) => onChange({ scheduledAt })}
            />
            {zone}
          </div>
        )}
        {scheduleType === 'interval' && (
          <div className={classes.pair}>
            <DurationInput
              unit="min"
              {...field('every', faultOf)}
              value={values.every}
              onChange={(every) => onChange({ every })}
            />
            {zone}
          </div>
        )}
        {scheduleType === 'chained' && (
          <ParentsInput
            parents={values.after}
            onChange={(after) => onChange({ after })}
            faultOf={faultOf}
            job={job}
          />
        )}
        {hasTimes && (
          <CalendarsPicker
            {...field('calendars', faultOf)}
            value={values.calendars}
            onChange={(calendars) => onChange({ calendars })}
          />
        )}
        {children}
      </div>
    </Card>
  );
});

/** In another zone what was typed stays: 9 o'clock in Berlin becomes 9 o'clock in New York. */
function inZone(values: ScheduleValues, timezone: string): Partial<ScheduleValues> {
  const moved = (at: string | null) =>
    at === null
      ? null
      : new Date(momentOf(wallClock(Date.parse(at), values.timezone), timezone)).toISOString();
  const { scheduledAt, startsAt, endsAt } = values;
  return { timezone, scheduledAt: moved(scheduledAt), startsAt: moved(startsAt), endsAt: moved(endsAt) };
}
