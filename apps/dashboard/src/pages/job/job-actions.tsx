import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import {
  IconCalendarRepeat,
  IconCopy,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerPlayFilled,
  IconPlayerStop,
  IconTrash,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { JobDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useJobCommand } from './use-job-command.js';

const RunNowDialog = lazy(() => import('./run-now-dialog.js'));
const BackfillDialog = lazy(() => import('./backfill-dialog.js'));

type Dialog = 'run' | 'backfill' | 'pause' | 'resume' | 'cancel' | 'delete';

/** What can be done with a job; whatever stops something is asked about first. */
export function JobActions({ job }: { job: JobDto }) {
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const isOver = job.status === 'cancelled';
  const canPause = job.status === 'active';
  return (
    <Group gap="sm">
      {job.status === 'paused' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          onClick={() => setDialog('resume')}
        >
          Resume
        </Button>
      ) : (
        canPause && (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={16} />}
            onClick={() => setDialog('pause')}
          >
            Pause
          </Button>
        )
      )}
      {!isOver && (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} />}
          renderRoot={(props) => <Link to="/jobs/$jobId/edit" params={{ jobId: job.id }} {...props} />}
        >
          Edit
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More actions">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopy size={16} />}
            renderRoot={(props) => <Link to="/jobs/new" search={{ clone: job.id }} {...props} />}
          >
            Clone
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCalendarRepeat size={16} />}
            disabled={isOver}
            onClick={() => setDialog('backfill')}
          >
            Backfill
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPlayerStop size={16} />}
            disabled={!canPause && job.status !== 'paused'}
            onClick={() => setDialog('cancel')}
          >
            Cancel for good
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} />} color="danger" onClick={() => setDialog('delete')}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        leftSection={<IconPlayerPlayFilled size={16} />}
        disabled={isOver}
        onClick={() => setDialog('run')}
      >
        Run now
      </Button>
      <Suspense>
        {dialog === 'run' && <RunNowDialog job={job} onClose={close} />}
        {dialog === 'backfill' && <BackfillDialog job={job} onClose={close} />}
      </Suspense>
      <Confirmations job={job} dialog={dialog} onClose={close} />
    </Group>
  );
}

function Confirmations({
  job,
  dialog,
  onClose,
}: {
  job: JobDto;
  dialog: Dialog | undefined;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const params = { path: { id: job.id } };
  const pause = useJobCommand(job.id, (reason: string | undefined) =>
    dataOf(api.POST('/api/v1/jobs/{id}/pause', { params, body: { reason } })),
  );
  const resume = useJobCommand(job.id, () => dataOf(api.POST('/api/v1/jobs/{id}/resume', { params })));
  const cancel = useJobCommand(job.id, () => dataOf(api.POST('/api/v1/jobs/{id}/cancel', { params })));
  switch (dialog) {
    case 'pause':
      return (
        <ConfirmDialog
          title={`Pause ${job.name}`}
          confirmLabel="Pause"
          reason="optional"
          onConfirm={(reason) => pause.mutateAsync(reason)}
          onClose={onClose}
        >
          Nothing of it begins until it is resumed, also what is planned already. What runs goes on.
        </ConfirmDialog>
      );
    case 'resume':
      return (
        <ConfirmDialog
          title={`Resume ${job.name}`}
          confirmLabel="Resume"
          onConfirm={() => resume.mutateAsync(undefined)}
          onClose={onClose}
        >
          It goes on with the next time to come. The times that passed while it was paused stay a gap in its
          ledger; a backfill runs them.
        </ConfirmDialog>
      );
    case 'cancel':
      return (
        <ConfirmDialog
          title={`Cancel ${job.name} for good`}
          confirmLabel="Cancel the job"
          isDangerous
          onConfirm={() => cancel.mutateAsync(undefined)}
          onClose={onClose}
        >
          It never runs again, and what it has running is cancelled. Its history stays. To stop it for a
          while, pause it instead.
        </ConfirmDialog>
      );
    case 'delete':
      return (
        <ConfirmDialog
          title={`Delete ${job.name}`}
          confirmLabel="Delete"
          isDangerous
          onConfirm={async () => {
            await api.DELETE('/api/v1/jobs/{id}', { params });
            await navigate({ to: '/jobs' });
          }}
          onClose={onClose}
        >
          It is gone from the list, and what it has running is cancelled. Its executions can be read by their
          address until retention takes them.
        </ConfirmDialog>
      );
    default:
      return null;
  }
}
