import { Select } from '@mantine/core';
import { memo } from 'react';
import type { DstGapPolicy, DstOverlapPolicy } from '#client';
import { DurationInput } from '../../../components/duration-input.js';
import { MomentInput } from '../../../components/moment-input.js';
import { formatDuration } from '../../../time/format-duration.js';
import { CountInput } from '../count-input.js';
import { field, type SectionProps } from '../field.js';
import { Fold } from '../fold.js';
import classes from '../job-form.module.css';
import type { ScheduleValues } from '../model/form-values.js';

const GAP: { value: DstGapPolicy; label: string }[] = [
  { value: 'shift', label: 'Run as much later' },
  { value: 'skip', label: 'Leave it out that day' },
];
const OVERLAP: { value: DstOverlapPolicy; label: string }[] = [
  { value: 'first', label: 'Run the first time' },
  { value: 'both', label: 'Run both times' },
];

interface BoundsProps extends SectionProps<ScheduleValues> {
  hasFaults: boolean;
}

/** What of a repeating schedule is left out, and what is moved. */
export const BoundsSection = memo(({ values, onChange, faultOf, hasFaults }: BoundsProps) => (
  <Fold title="Limits, jitter, clock changes" summary={summaryOf(values)} hasFaults={hasFaults}>
    <div className={classes.fields}>
      <div className={classes.pair}>
        <MomentInput
          description={values.scheduleType === 'interval' ? 'Intervals are counted from here.' : undefined}
          {...field('startsAt', faultOf)}
          zone={values.timezone}
          value={values.startsAt}
          onChange={(startsAt) => onChange({ startsAt })}
        />
        <MomentInput
          description={values.scheduleType === 'interval' ? 'Then the job is completed.' : undefined}
          {...field('endsAt', faultOf)}
          zone={values.timezone}
          value={values.endsAt}
          onChange={(endsAt) => onChange({ endsAt })}
        />
      </div>
      <div className={classes.pair}>
        <CountInput
          description="Skipped ones do not count."
          placeholder="Never"
          {...field('maxRuns', faultOf)}
          value={values.maxRuns}
          onChange={(maxRuns) => onChange({ maxRuns })}
        />
        <DurationInput
          description="Spreads starts over this long."
          placeholder="None"
          {...field('jitter', faultOf)}
          value={values.jitter}
          onChange={(jitter) => onChange({ jitter })}
        />
      </div>
      {values.scheduleType === 'recurring' && (
        <div className={classes.pair}>
          <Select
            data={GAP}
            allowDeselect={false}
            {...field('dstGap', faultOf)}
            value={values.dstGap}
            onChange={(next) => onChange({ dstGap: next as DstGapPolicy })}
          />
          <Select
            data={OVERLAP}
            allowDeselect={false}
            {...field('dstOverlap', faultOf)}
            value={values.dstOverlap}
            onChange={(next) => onChange({ dstOverlap: next as DstOverlapPolicy })}
          />
        </div>
      )}
    </div>
  </Fold>
));

function summaryOf(values: ScheduleValues): string {
  const { startsAt, endsAt, maxRuns, jitter } = values;
  const parts = [
    ...(startsAt === null ? [] : ['has a start']),
    ...(endsAt === null ? [] : ['has an end']),
    ...(maxRuns === null ? [] : [`ends after ${maxRuns} runs`]),
    ...(jitter === null || jitter === 0 ? [] : [`jitter ${formatDuration(jitter)}`]),
  ];
  return parts.length === 0 ? 'For ever, on the dot' : parts.join(' \u00b7 ');
}
