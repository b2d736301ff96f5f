import type { ExecutionWithAttemptsDto } from '#client';
import { CopyButton } from '../../components/copy-button.js';
import { Countdown, Duration, Elapsed, Time } from '../../components/time.js';
import { formatDuration } from '../../time/format-duration.js';
import classes from './execution.module.css';
import { TRIGGER_WORDS } from './words.js';

interface ExecutionFactsProps {
  execution: ExecutionWithAttemptsDto;
  jobZone: string | undefined;
}

/** When it was due, began and ended, where, and what set it off. */
export function ExecutionFacts({ execution, jobZone }: ExecutionFactsProps) {
  const { status, startedAt, scheduledFor, latenessMs, attempt, maxAttempts, workerId, trigger } = execution;
  const hasBegun = startedAt !== null;
  return (
    <dl className={classes.facts}>
      <Fact label="Trigger">{TRIGGER_WORDS[trigger]}</Fact>
      <Fact label="Due">
        <Time at={scheduledFor} format="seconds" {...(jobZone !== undefined && { zone: jobZone })} />
      </Fact>
      {hasBegun && (
        <>
          <Fact label="Started">
            <Time at={startedAt} format="seconds" {...(jobZone !== undefined && { zone: jobZone })} />
          </Fact>
          <Fact label="Delay">{latenessMs === null ? null : formatDuration(latenessMs)}</Fact>
        </>
      )}
      <Took execution={execution} />
      {attempt > 0 && (
        <Fact label="Attempt">
          {attempt} of {maxAttempts}
        </Fact>
      )}
      {status === 'retrying' && (
        <Fact label="Next attempt">
          <Countdown to={execution.nextAttemptAt} />
        </Fact>
      )}
      {execution.bufferedAt !== null && !hasBegun && (
        <Fact label="Waits for the run before">
          <Elapsed since={execution.bufferedAt} />
        </Fact>
      )}
      {workerId !== null && (
        <Fact label="Worker">
          <span className={classes.id}>
            <code data-hint={workerId}>{workerId.slice(-8)}</code>
            <CopyButton text={workerId} what="the worker's id" />
          </span>
        </Fact>
      )}
      <Fact label="Execution">
        <span className={classes.id}>
          <code data-hint={execution.id}>{execution.id.slice(-8)}</code>
          <CopyButton text={execution.id} what="the id" />
        </span>
      </Fact>
    </dl>
  );
}

function Took({ execution: { status, startedAt, durationMs } }: { execution: ExecutionWithAttemptsDto }) {
  if (startedAt === null) return null;
  if (durationMs !== null) {
    return (
      <Fact label="Duration">
        <Duration ms={durationMs} />
      </Fact>
    );
  }
  return (
    <Fact label={status === 'running' ? 'Running for' : 'Begun'}>
      <Elapsed since={startedAt} />
      {status === 'running' ? '' : ' ago'}
    </Fact>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
