import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SimulationDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { DurationInput } from '../../components/duration-input.js';
import { ErrorState } from '../../components/error-state.js';
import { formatDuration } from '../../time/format-duration.js';
import { Fold } from './fold.js';
import { faultsOf } from './model/faults.js';
import type { FormValues } from './model/form-values.js';
import { hasAllTimes, scheduleOf } from './model/to-request.js';
import { latelyInWords, weekInWords } from './model/week-in-words.js';
import { isFaulty } from './use-next-runs.js';
import classes from './what-if.module.css';

interface WhatIfProps {
  /** Of the job that is edited: its past runs say how long a run takes. */
  jobId: string | undefined;
  values: FormValues;
}

/** What the schedule and the overlap policy in the form would do in the coming week. */
export function WhatIf(props: WhatIfProps) {
  return (
    <Fold title="What if" summary="the coming week" hasFaults={false}>
      <Forecast {...props} />
    </Fold>
  );
}

const TYPING_MS = 400;

function Forecast({ jobId, values }: WhatIfProps) {
  const [assumed, setAssumed] = useState<number | null>(null);
  const [text] = useDebouncedValue(JSON.stringify(questionOf(jobId, values, assumed)), TYPING_MS);
  const body = JSON.parse(text) as ReturnType<typeof questionOf>;
  const isReady = hasAllTimes(values.schedule);
  const query = useQuery({
    queryKey: keys.schedules.simulation(body),
    queryFn: ({ signal }) => dataOf(api.POST('/api/v1/schedules/simulate', { body, signal })),
    enabled: isReady,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const { data, error, isFetching, refetch } = query;
  const { assumedDuration: fault, ...others } = isFaulty(error) ? faultsOf(error.details) : {};
  const isUnreadable = Object.keys(others).length > 0;
  return (
    <div className={classes.whatIf}>
      <DurationInput
        label="Takes about"
        description={data?.recorded ? latelyInWords(data.recorded) : undefined}
        placeholder={data && placeholderOf(data)}
        error={fault}
        value={assumed}
        onChange={setAssumed}
      />
      <div aria-live="polite">
        {!isReady && <p className={classes.line}>Shown when the schedule is complete.</p>}
        {isReady && error && !isFaulty(error) && (
          <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
        )}
        {isReady && isUnreadable && (
          <p className={classes.line}>Shown when the schedule and its limits can be read.</p>
        )}
        {isReady &&
          !error &&
          (data ? <Result simulation={data} timeout={values.retries.timeout} /> : <Skeleton height={120} />)}
      </div>
    </div>
  );
}

/** What stands for a duration that is not given. */
function placeholderOf({ recorded, assumedDuration }: SimulationDto): string {
  return recorded || assumedDuration === null ? 'As lately' : formatDuration(assumedDuration);
}

interface ResultProps {
  simulation: SimulationDto;
  /** Milliseconds; null: as the installation has it. */
  timeout: number | null;
}

function Result({ simulation, timeout }: ResultProps) {
  const { isSaturated, busyShare, assumedDuration } = simulation;
  const isStopped = timeout !== null && assumedDuration !== null && assumedDuration > timeout;
  return (
    <>
      {isStopped && (
        <p className={classes.warning}>
          Longer than its time-out of {formatDuration(timeout)}: each attempt would end there.
        </p>
      )}
      {isSaturated && (
        <p className={classes.warning}>The queue grows for ever: the work does not fit the time.</p>
      )}
      <dl className={classes.figures}>
        {weekInWords(simulation).map(([label, value, isProblem]) => (
          <div key={label} data-problem={isProblem || undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <meter
        className={classes.busy}
        min={0}
        max={1}
        value={busyShare}
        aria-label="Share of the time in which it runs"
      />
    </>
  );
}

function questionOf(jobId: string | undefined, values: FormValues, assumedDuration: number | null) {
  const schedule = scheduleOf(values.schedule);
  const { scheduleType, cronExpression, every, timezone, dstGap, dstOverlap, startsAt, endsAt } = schedule;
  const { overlapPolicy, maxConcurrency } = values.policies;
  const { timeout } = values.retries;
  return {
    ...(jobId !== undefined && { jobId }),
    ...{ scheduleType, cronExpression, every, timezone, dstGap, dstOverlap, startsAt, endsAt },
    ...{ maxRuns: schedule.maxRuns, calendars: schedule.calendars },
    ...{ overlapPolicy, maxConcurrency: overlapPolicy === 'allow_all' ? maxConcurrency : null },
    ...(timeout !== null && timeout > 0 && { timeout }),
    ...(assumedDuration !== null && assumedDuration > 0 && { assumedDuration }),
  };
}
