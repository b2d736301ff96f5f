import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import type { SystemPauseDto } from '#client';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { formatCount } from '../../../components/format-count.js';
import { usePauseSystem } from '../../../shell/use-system-pause.js';

/** Asks for the reason everybody will read, and whether what runs is to end as well. */
export default function PauseDialog({ pause, onClose }: { pause: SystemPauseDto; onClose: () => void }) {
  const [cancelRunning, setCancelRunning] = useState(false);
  const stop = usePauseSystem();
  const { running } = pause.executions;
  return (
    <ConfirmDialog
      title="Pause everything"
      confirmLabel="Pause everything"
      isDangerous
      reason="required"
      reasonHint="Everybody sees it as long as it lasts. It is kept in the ledgers and the audit log."
      onConfirm={(reason = '') => stop.mutateAsync({ reason, cancelRunning })}
      onClose={onClose}
    >
      <Stack gap="md">
        <div>
          {formatCount(pause.jobs.active)} {pause.jobs.active === 1 ? 'job is' : 'jobs are'} held back, of
          everybody. Nothing can be run by hand meanwhile.
        </div>
        {running > 0 && (
          <Checkbox
            label={`Cancel the ${formatCount(running)} ${running === 1 ? 'run' : 'runs'} going on`}
            checked={cancelRunning}
            onChange={({ currentTarget }) => setCancelRunning(currentTarget.checked)}
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
