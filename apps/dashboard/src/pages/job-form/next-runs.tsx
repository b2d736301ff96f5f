import { Skeleton } from '@mantine/core';
import { Card } from '../../components/card.js';
import { ErrorState } from '../../components/error-state.js';
import { VIEWER_ZONE, zoneName } from '../../time/zone.js';
import type { ScheduleValues } from './model/form-values.js';
import { NextRun } from './next-run.js';
import classes from './next-runs.module.css';
import { ParentRuns } from './parent-runs.js';
import { isFaulty, type NextRuns } from './use-next-runs.js';

interface NextRunsProps {
  schedule: ScheduleValues;
  runs: NextRuns;
}

/** The runs a schedule will make, as the server reckons them, by the clocks of its zone and of the viewer. */
export function NextRunsCard({ schedule, runs }: NextRunsProps) {
  const { scheduleType, timezone } = schedule;
  const hasTimes = scheduleType !== 'immediate' && scheduleType !== 'chained';
  const zones = timezone === VIEWER_ZONE ? zoneName(timezone) : `${zoneName(timezone)}, then yours`;
  return (
    <Card title="Next runs" aside={hasTimes ? zones : undefined}>
      <div aria-live="polite">
        <Runs schedule={schedule} runs={runs} />
      </div>
    </Card>
  );
}

function Runs({ schedule, runs: { data, error, refetch, isFetching, isStale, isWaiting } }: NextRunsProps) {
  const { scheduleType, timezone, after } = schedule;
  if (scheduleType === 'immediate') return <p className={classes.hint}>It runs as soon as it is saved.</p>;
  if (scheduleType === 'chained') return <ParentRuns parents={after} />;
  if (error && isFaulty(error)) return <p className={classes.hint}>Shown when the schedule can be read.</p>;
  if (error) return <ErrorState error={error} onRetry={refetch} isRetrying={isFetching} />;
  if (isWaiting) return <p className={classes.hint}>Shown when the schedule is complete.</p>;
  if (!data) return <Skeleton height={220} />;
  if (data.length === 0) return <p className={classes.hint}>It will never run.</p>;
  return (
    <ol className={classes.runs} data-stale={isStale || undefined}>
      {data.map((run) => (
        <NextRun key={run.at} run={run} zone={timezone} />
      ))}
    </ol>
  );
}
