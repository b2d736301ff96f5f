import { Button } from '@mantine/core';
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ExecutionWithAttemptsDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useKeys } from '../../shell/keys.js';
import { isLive } from './use-execution.js';

interface ExecutionActionsProps {
  execution: ExecutionWithAttemptsDto;
  isJobDeleted: boolean;
}

/** Cancel while there is something to cancel, retry once it is over. */
export function ExecutionActions({ execution, isJobDeleted }: ExecutionActionsProps) {
  const [asked, setAsked] = useState<'cancel' | 'retry'>();
  const client = useQueryClient();
  const navigate = useNavigate();
  const close = () => setAsked(undefined);
  const { id, status } = execution;
  const path = { params: { path: { id } } };
  const action = isLive(status) ? ('cancel' as const) : ('retry' as const);
  useKeys(
    'This run',
    isJobDeleted
      ? []
      : [
          {
            keys: action === 'cancel' ? 'c' : 'r',
            label: action === 'cancel' ? 'Cancel it' : 'Retry it',
            run: () => setAsked(action),
          },
        ],
  );

  const cancel = async () => {
    await api.POST('/api/v1/executions/{id}/cancel', path);
    await client.invalidateQueries({ queryKey: keys.executions.one(id) });
  };
  const retry = async () => {
    const next = await dataOf(api.POST('/api/v1/executions/{id}/retry', path));
    await navigate({ to: '/executions/$executionId', params: { executionId: next.id } });
  };
  // Its job is gone, and with it what would run.
  if (isJobDeleted) return null;
  return (
    <>
      {action === 'cancel' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={16} />}
          onClick={() => setAsked('cancel')}
        >
          Cancel
        </Button>
      ) : (
        <Button leftSection={<IconRefresh size={16} />} onClick={() => setAsked('retry')}>
          Retry
        </Button>
      )}
      {asked === 'cancel' && (
        <ConfirmDialog
          title="Cancel this run?"
          confirmLabel="Cancel the run"
          isDangerous
          onConfirm={cancel}
          onClose={close}
        >
          {status === 'running'
            ? 'It is asked to end, and killed if it has not ended 5 seconds later. It is not tried again.'
            : 'It does not begin any more.'}
        </ConfirmDialog>
      )}
      {asked === 'retry' && (
        <ConfirmDialog title="Retry this run?" confirmLabel="Retry" onConfirm={retry} onClose={close}>
          A new run is made for the same due moment, with the job as it is now
          {status === 'completed' ? '. This one completed: what it did is done once more.' : '.'}
        </ConfirmDialog>
      )}
    </>
  );
}
