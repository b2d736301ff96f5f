import { Select } from '@mantine/core';
import { memo } from 'react';
import type { BackoffStrategy } from '#client';
import { DurationInput } from '../../../components/duration-input.js';
import { retryWaits } from '../../../components/retry-waits.js';
import { formatDuration } from '../../../time/format-duration.js';
import { CountInput } from '../count-input.js';
import { field, type SectionProps } from '../field.js';
import { Fold } from '../fold.js';
import classes from '../job-form.module.css';
import type { RetryValues } from '../model/form-values.js';

/** What an installation has unless it says otherwise (`MAX_RETRY_ATTEMPTS`, `RETRY_DELAY_MS`). */
const USUAL_RETRIES = 3;
const USUAL_DELAY_MS = 5_000;
const USUAL_FACTOR = 5;

const STRATEGIES: { value: BackoffStrategy; label: string }[] = [
  { value: 'exponential', label: 'Grow by a factor' },
  { value: 'linear', label: 'Grow evenly' },
  { value: 'fixed', label: 'Stay the same' },
];

interface RetriesProps extends SectionProps<RetryValues> {
  hasFaults: boolean;
}

/** What happens when an attempt fails or takes too long. */
export const RetriesSection = memo(({ values, onChange, faultOf, hasFaults }: RetriesProps) => (
  <Fold title="Retries, time-out, priority" summary={summaryOf(values)} hasFaults={hasFaults}>
    <div className={classes.fields}>
      <div className={classes.pair}>
        <CountInput
          placeholder={`${USUAL_RETRIES}, unless set otherwise`}
          max={50}
          {...field('maxRetries', faultOf)}
          value={values.maxRetries}
          onChange={(maxRetries) => onChange({ maxRetries })}
        />
        <DurationInput
          placeholder={String(USUAL_DELAY_MS / 1_000)}
          {...field('retryDelay', faultOf)}
          value={values.retryDelay}
          onChange={(retryDelay) => onChange({ retryDelay })}
        />
      </div>
      <div className={classes.pair}>
        <Select
          data={STRATEGIES}
          allowDeselect={false}
          {...field('backoff.strategy', faultOf)}
          value={values.strategy}
          onChange={(next) => onChange({ strategy: next as BackoffStrategy })}
        />
        {values.strategy === 'exponential' && (
          <CountInput
            allowDecimal
            {...field('backoff.factor', faultOf)}
            value={values.factor}
            onChange={(factor) => onChange({ factor })}
          />
        )}
      </div>
      <output className={classes.hint}>{waitsInWords(values)}</output>
      <div className={classes.pair}>
        <DurationInput
          unit="h"
          {...field('backoff.maxDelay', faultOf)}
          value={values.maxDelay}
          onChange={(maxDelay) => onChange({ maxDelay })}
        />
        <CountInput
          suffix=" %"
          max={100}
          allowDecimal
          {...field('backoff.jitter', faultOf)}
          value={values.jitter === null ? null : Math.round(values.jitter * 100_000) / 1_000}
          onChange={(percent) => onChange({ jitter: percent === null ? null : percent / 100 })}
        />
      </div>
      <div className={classes.pair}>
        <DurationInput
          {...field('timeout', faultOf)}
          value={values.timeout}
          onChange={(timeout) => onChange({ timeout })}
        />
        <CountInput
          max={10}
          {...field('priority', faultOf)}
          value={values.priority}
          onChange={(priority) => onChange({ priority })}
        />
      </div>
    </div>
  </Fold>
));

function waitsOf({ strategy, maxRetries, retryDelay, factor, maxDelay }: RetryValues): string {
  return retryWaits({
    strategy,
    maxRetries: maxRetries ?? USUAL_RETRIES,
    retryDelay: retryDelay ?? USUAL_DELAY_MS,
    factor: factor ?? USUAL_FACTOR,
    maxDelay: maxDelay ?? Infinity,
  });
}

function waitsInWords(values: RetryValues): string {
  const waits = waitsOf(values);
  return waits === '' ? 'A failed attempt is not repeated.' : `Tries again after ${waits}.`;
}

function summaryOf(values: RetryValues): string {
  const waits = waitsOf(values);
  const retries = waits === '' ? 'No retries' : `Retries after ${waits}`;
  return values.timeout === null ? retries : `${retries} \u00b7 ${formatDuration(values.timeout)} at most`;
}
