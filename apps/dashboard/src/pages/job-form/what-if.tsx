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
import { Fold } from './fold.js';
import { faultsOf } from './model/faults.js';
import type { FormValues } from './model/form-values.js';
import { toRequest } from './model/to-request.js';
import { weekInWords } from './model/week-in-words.js';
import { isFaulty } from './use-next-runs.js';
import classes from './what-if.module.css';

interface WhatIfProps {
  jobId: string;
  values: FormValues;
}

/** What the schedule and the overlap policy in the form would do to a job, by how long its runs have taken. */
export function WhatIf(props: WhatIfProps) {
  return (
    <Fold title="What if" summary="the coming week, by past durations" hasFaults={false}>
      <Forecast {...props} />
    </Fold>
  );
}

const TYPING_MS = 400;

function Forecast({ jobId, values }: WhatIfProps) {
  const [assumed, setAssumed] = useState<number | null>(null);
  const [text] = useDebouncedValue(JSON.stringify(questionOf(jobId, values, assumed)), TYPING_MS);
  const body = JSON.parse(text) as ReturnType<typeof questionOf>;
  const query = useQuery({
    queryKey: keys.schedules.simulation(body),
    queryFn: ({ signal }) => dataOf(api.POST('/api/v1/schedules/simulate', { body, signal })),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const { data, error, isFetching, refetch } = query;
  const faults = isFaulty(error) ? faultsOf(error.details) : {};
  const needsDuration = faults['assumedDuration'] !== undefined;
  const isUnreadable = Object.keys(faults).some((field) => field !== 'assumedDuration');
  return (
    <div className={classes.whatIf}>
      <DurationInput
        label="If a run takes"
        placeholder="As before"
        error={needsDuration ? 'It has not run yet: say how long a run takes.' : undefined}
        value={assumed}
        onChange={setAssumed}
      />
      <div aria-live="polite">
        {error && !isFaulty(error) && (
          <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
        )}
        {isUnreadable && <p className={classes.line}>Shown when the schedule can be read.</p>}
        {!error && (data ? <Result simulation={data} /> : <Skeleton height={120} />)}
      </div>
    </div>
  );
}

function Result({ simulation }: { simulation: SimulationDto }) {
  const { isSaturated, busyShare } = simulation;
  return (
    <>
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

function questionOf(jobId: string, values: FormValues, assumedDuration: number | null) {
  const { request } = toRequest(values);
  const { scheduleType, cronExpression, every, timezone, dstGap, dstOverlap, startsAt, endsAt } = request;
  const { calendars, overlapPolicy, maxConcurrency } = request;
  return {
    jobId,
    ...{ scheduleType, cronExpression, every, timezone, dstGap, dstOverlap, startsAt, endsAt },
    ...{ calendars, overlapPolicy, maxConcurrency },
    ...(assumedDuration !== null && assumedDuration > 0 && { assumedDuration }),
  };
}
