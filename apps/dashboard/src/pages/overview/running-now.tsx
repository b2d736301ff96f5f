import { ActionIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { NamedExecutionDto } from '#client';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { Card } from '../../components/card.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { EmptyState } from '../../components/empty-state.js';
import { Loaded } from '../../components/loaded.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { ExecutionBadge } from '../../components/status-badge.js';
import { formatDuration } from '../../time/format-duration.js';
import { useNow } from '../../time/use-now.js';
import { RunProgress } from './run-progress.js';
import { useRuns, useUsualDurations } from './overview-queries.js';
import classes from './run-list.module.css';

/** What runs at the moment, for how long, against how long it usually takes. */
export function RunningNow() {
  const runs = useRuns('running');
  const usual = useUsualDurations(runs.data?.items.map(({ jobId }) => jobId) ?? []);
  const [ending, setEnding] = useState<NamedExecutionDto>();
  const total = runs.data?.meta.total ?? 0;
  const shown = runs.data?.items.length ?? 0;
  return (
    <Card
      title="Running now"
      isFlush
      aside={
        total > shown && (
          <Link to="/executions" search={{ status: ['running', 'retrying'] } as never}>
            All {total}
          </Link>
        )
      }
    >
      <Loaded query={runs} skeleton={<SkeletonRows />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing runs at the moment">What begins appears here by itself.</EmptyState>
          ) : (
            <ul className={classes.list}>
              {items.map((run) => (
                <RunningRow
                  key={run.id}
                  run={run}
                  usualMs={usual.data?.get(run.jobId) ?? null}
                  onCancel={() => setEnding(run)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {ending && <CancelDialog run={ending} onClose={() => setEnding(undefined)} />}
    </Card>
  );
}

interface RunningRowProps {
  run: NamedExecutionDto;
  usualMs: number | null;
  onCancel: () => void;
}

function RunningRow({ run, usualMs, onCancel }: RunningRowProps) {
  const now = useNow();
  const elapsedMs = run.startedAt === null ? 0 : Math.max(0, now - Date.parse(run.startedAt));
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Link to="/executions/$executionId" params={{ executionId: run.id }} className={classes.name}>
          {run.jobName}
        </Link>
        <span className={classes.note}>
          {run.attempt > 1 && `Attempt ${run.attempt} of ${run.maxAttempts} \u00b7 `}
          {usualMs === null ? 'has not completed before' : `usually ${formatDuration(usualMs)}`}
        </span>
      </div>
      {run.status === 'running' ? (
        <RunProgress elapsedMs={elapsedMs} usualMs={usualMs} />
      ) : (
        <ExecutionBadge status={run.status} isPlain />
      )}
      <ActionIcon size={28} onClick={onCancel} aria-label={`Cancel ${run.jobName}`} data-hint="Cancel">
        <IconPlayerStop size={16} />
      </ActionIcon>
    </li>
  );
}

function CancelDialog({ run: { id, jobName }, onClose }: { run: NamedExecutionDto; onClose: () => void }) {
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api.POST('/api/v1/executions/{id}/cancel', { params: { path: { id } } }),
    onSuccess: () => {
      notifications.show({ message: `${jobName} is being cancelled.` });
      void queryClient.invalidateQueries({ queryKey: keys.executions.all() });
    },
  });
  return (
    <ConfirmDialog
      title="Cancel this execution?"
      confirmLabel="Cancel the execution"
      isDangerous
      onConfirm={() => cancel.mutateAsync()}
      onClose={onClose}
    >
      <strong>{jobName}</strong> is asked to stop, and is stopped by force 5 seconds later. It is not tried
      again; the job itself goes on.
    </ConfirmDialog>
  );
}
