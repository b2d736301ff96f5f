import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { NamedExecutionDto } from '#client';
import { api } from '../../api/client.js';
import { describeError } from '../../api/describe-error.js';
import { keys } from '../../api/query-keys.js';
import { Time } from '../../components/time.js';
import classes from './executions.module.css';
import { retryAll, type RetryProgress } from './retry-all.js';

interface RetrySelectedProps {
  runs: NamedExecutionDto[];
  onClear: () => void;
}

const RETRIED: readonly NamedExecutionDto['status'][] = [
  'failed',
  'timed_out',
  'cancelled',
  'missed',
  'skipped',
];

/** The bar that stands below the list while rows are selected. */
export function RetrySelected({ runs, onClear }: RetrySelectedProps) {
  const [isAsked, setAsked] = useState(false);
  const retried = runs.filter(({ status }) => RETRIED.includes(status));
  const leftOut = runs.length - retried.length;
  return (
    <div className={classes.bar} role="region" aria-label="Selected runs">
      <Text size="sm">{runs.length.toLocaleString('en')} selected</Text>
      <Button
        size="xs"
        leftSection={<IconRefresh size={14} />}
        disabled={retried.length === 0}
        onClick={() => setAsked(true)}
      >
        Retry {retried.length.toLocaleString('en')}
      </Button>
      {leftOut > 0 && (
        <Text size="xs" c="dimmed">
          {leftOut} did not fail
        </Text>
      )}
      <Button size="xs" variant="subtle" onClick={onClear}>
        Clear selection
      </Button>
      {isAsked && (
        <RetryDialog
          runs={retried}
          onClose={(isDone) => {
            setAsked(false);
            if (isDone) onClear();
          }}
        />
      )}
    </div>
  );
}

function RetryDialog({ runs, onClose }: { runs: NamedExecutionDto[]; onClose: (isDone: boolean) => void }) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<RetryProgress>();
  const [isOver, setOver] = useState(false);
  const stop = useRef(new AbortController());
  // What is done while it runs must not change what it works at.
  const [fixed] = useState(runs);
  const begin = async () => {
    setProgress({ total: fixed.length, done: 0, failures: [] });
    await retryAll(fixed, {
      retry: (id) => api.POST('/api/v1/executions/{id}/retry', { params: { path: { id } } }),
      onProgress: setProgress,
      signal: stop.current.signal,
    });
    setOver(true);
    await client.invalidateQueries({ queryKey: keys.executions.lists() });
  };
  const close = () => {
    if (progress && !isOver) stop.current.abort();
    else onClose(isOver);
  };
  const count = runsOf(fixed.length);
  return (
    <Modal
      opened
      onClose={close}
      title={progress ? 'Retrying' : `Retry ${count}?`}
      closeOnClickOutside={false}
    >
      <Stack gap="md">
        {progress ? (
          <Report progress={progress} isOver={isOver} />
        ) : (
          <Text size="sm">
            Each gets a new run for its due moment, with its job as it is now. Jobs whose runs may not overlap
            take one at a time: the others are refused and listed.
          </Text>
        )}
        <Group justify="flex-end">
          {!progress && (
            <>
              <Button variant="default" data-autofocus onClick={() => onClose(false)}>
                Cancel
              </Button>
              <Button onClick={() => void begin()}>Retry {count}</Button>
            </>
          )}
          {progress && !isOver && (
            <Button variant="default" onClick={() => stop.current.abort()}>
              Stop
            </Button>
          )}
          {isOver && <Button onClick={() => onClose(true)}>Close</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}

function Report({
  progress: { total, done, failures },
  isOver,
}: {
  progress: RetryProgress;
  isOver: boolean;
}) {
  const begun = done - failures.length;
  return (
    <>
      <Progress value={(done / total) * 100} aria-label="Progress" />
      <output>
        {isOver ? `${runsOf(begun)} of ${total} begun.` : `${done} of ${total}`}
        {isOver && done < total && ` Stopped: ${total - done} were left as they are.`}
      </output>
      {failures.length > 0 && (
        <section className={classes.failures} aria-label="Not retried">
          <Text size="sm" fw={600}>
            {failures.length === 1 ? '1 was' : `${failures.length} were`} not retried
          </Text>
          <ul>
            {failures.map(({ run, error }) => (
              <li key={run.id}>
                <Link to="/executions/$executionId" params={{ executionId: run.id }}>
                  {run.jobName}
                </Link>
                , <Time at={run.scheduledFor} format="seconds" />: {describeError(error).message}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function runsOf(count: number): string {
  return count === 1 ? '1 run' : `${count.toLocaleString('en')} runs`;
}
