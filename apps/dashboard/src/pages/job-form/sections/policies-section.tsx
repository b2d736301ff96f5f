import { Radio, Select, Stack } from '@mantine/core';
import { memo } from 'react';
import type { MisfirePolicy, OverlapPolicy, ScheduleType } from '#client';
import { DurationInput } from '../../../components/duration-input.js';
import { CountInput } from '../count-input.js';
import { field, type SectionProps } from '../field.js';
import { Fold } from '../fold.js';
import classes from '../job-form.module.css';
import type { PolicyValues } from '../model/form-values.js';
import { isRepeating } from '../model/to-request.js';

const OVERLAP: Record<OverlapPolicy, { name: string; what: string }> = {
  skip: { name: 'Skip', what: 'The new run is left out; the ledger says why.' },
  buffer_one: { name: 'Queue one', what: 'One waits for the end of the other; further ones are skipped.' },
  buffer_all: { name: 'Queue all', what: 'Each waits for its turn.' },
  cancel_other: {
    name: 'Cancel the other',
    what: 'The new one starts when the other has stopped by itself.',
  },
  terminate_other: { name: 'Kill the other', what: 'The new one starts at once.' },
  allow_all: { name: 'Side by side', what: 'All run at once, or as many as you allow.' },
};

const MISFIRE: Record<MisfirePolicy, string> = {
  fire_once: 'Run the latest',
  fire_all: 'Run each, oldest first',
  skip: 'Run none',
};

interface PoliciesProps extends SectionProps<PolicyValues> {
  hasFaults: boolean;
  scheduleType: ScheduleType;
}

/** What happens when runs meet each other, could not be made, or go on failing. */
export const PoliciesSection = memo((props: PoliciesProps) => {
  const { values, onChange, faultOf, hasFaults, scheduleType } = props;
  return (
    <Fold title="Overlap, missed runs, failures" summary={summaryOf(props)} hasFaults={hasFaults}>
      <div className={classes.fields}>
        <Radio.Group
          label="A run comes due while another one is not over"
          error={faultOf('overlapPolicy')}
          value={values.overlapPolicy}
          onChange={(next) => onChange({ overlapPolicy: next })}
        >
          <Stack gap={8} mt={8} data-field="overlapPolicy">
            {Object.entries(OVERLAP).map(([value, { name, what }]) => (
              <Radio key={value} value={value} label={name} description={what} />
            ))}
          </Stack>
        </Radio.Group>
        {values.overlapPolicy === 'allow_all' && (
          <CountInput
            placeholder="No bound"
            max={1_000}
            {...field('maxConcurrency', faultOf)}
            value={values.maxConcurrency}
            onChange={(maxConcurrency) => onChange({ maxConcurrency })}
          />
        )}
        {hasTimes(scheduleType) && (
          <div className={classes.pair}>
            <Select
              data={Object.entries(MISFIRE).map(([value, label]) => ({ value, label }))}
              allowDeselect={false}
              {...field('misfirePolicy', faultOf)}
              value={values.misfirePolicy}
              onChange={(next) => onChange({ misfirePolicy: next as MisfirePolicy })}
            />
            <DurationInput
              unit="h"
              {...field('catchupWindow', faultOf)}
              value={values.catchupWindow}
              onChange={(catchupWindow) => onChange({ catchupWindow })}
            />
          </div>
        )}
        {isRepeating({ scheduleType }) && (
          <CountInput
            placeholder="Never"
            max={1_000}
            {...field('pauseAfterFailures', faultOf)}
            value={values.pauseAfterFailures}
            onChange={(pauseAfterFailures) => onChange({ pauseAfterFailures })}
          />
        )}
      </div>
    </Fold>
  );
});

/** What has no times of its own cannot miss one. */
function hasTimes(scheduleType: ScheduleType): boolean {
  return scheduleType !== 'immediate' && scheduleType !== 'chained';
}

function summaryOf({ values, scheduleType }: PoliciesProps): string {
  const { overlapPolicy, misfirePolicy, pauseAfterFailures } = values;
  return [
    `Overlap: ${OVERLAP[overlapPolicy].name.toLowerCase()}`,
    ...(hasTimes(scheduleType) ? [`missed: ${MISFIRE[misfirePolicy].toLowerCase()}`] : []),
    ...(isRepeating({ scheduleType }) && pauseAfterFailures !== null
      ? [`pauses after ${pauseAfterFailures} failures`]
      : []),
  ].join(' \u00b7 ');
}
