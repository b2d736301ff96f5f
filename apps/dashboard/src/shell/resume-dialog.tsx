import { Radio, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { SystemPauseDto } from '#client';
import { ConfirmDialog } from '../components/confirm-dialog.js';
import { several } from '../components/format-count.js';
import { useResumeSystem } from './use-system-pause.js';

/** Asks how everything is to go on: with the times that passed left out, or caught up with. */
export default function ResumeDialog({ pause, onClose }: { pause: SystemPauseDto; onClose: () => void }) {
  const [choice, setChoice] = useState('gap');
  const resume = useResumeSystem();
  const { jobs, executions } = pause;
  return (
    <ConfirmDialog
      title="Resume everything"
      confirmLabel="Resume"
      onConfirm={async () => {
        await resume.mutateAsync({ catchUp: choice === 'catch-up' });
        notifications.show({ message: 'Everything goes on.' });
      }}
      onClose={onClose}
    >
      <Stack gap="md">
        <div>
          {several(executions.waiting, 'run')} that {executions.waiting === 1 ? 'waits' : 'wait'} can start.{' '}
          {jobs.paused > 0 && <>{several(jobs.paused, 'job')} paused on their own stay so. </>}
          {several(jobs.due, 'job')} missed times while everything was paused.
        </div>
        <Radio.Group label="The times that passed" value={choice} onChange={setChoice}>
          <Stack gap="sm" mt="xs">
            <Radio
              value="gap"
              label="Leave them out"
              description="They stay a gap in each ledger. A backfill can run them later."
            />
            <Radio
              value="catch-up"
              label="Catch up"
              description="Each job's misfire policy is applied to them."
            />
          </Stack>
        </Radio.Group>
      </Stack>
    </ConfirmDialog>
  );
}
