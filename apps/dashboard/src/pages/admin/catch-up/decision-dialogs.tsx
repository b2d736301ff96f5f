import { NumberInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { type Decision, useDecide } from './use-catch-up.js';
import { runsOf, type Subject, toldOf } from './words.js';

interface DialogProps {
  subject: Subject;
  onClose: () => void;
}

/** As fast as a job catches up without a review. */
const MAX_RATE = 60;

/** Asks how fast what waits is to run. */
export function ReleaseDialog({ subject, onClose }: DialogProps) {
  const [rate, setRate] = useState<number | string>(MAX_RATE);
  const submit = useSubmit(subject);
  const isAll = subject.jobId === undefined;
  return (
    <ConfirmDialog
      title={`Release ${subject.name}`}
      confirmLabel="Release"
      onConfirm={() => submit({ verdict: 'release', ratePerMinute: Number(rate) || MAX_RATE })}
      onClose={onClose}
    >
      <Stack gap="md">
        <div>
          {runsOf(subject)} will begin, the oldest first, each under the time it was due. Overlap policies
          apply.{isAll && ' Paused jobs wait on.'}
        </div>
        <NumberInput
          label="Runs a minute"
          description={isAll ? 'Of each job, at most.' : 'At most.'}
          min={1}
          max={MAX_RATE}
          clampBehavior="strict"
          allowDecimal={false}
          value={rate}
          onChange={setRate}
        />
      </Stack>
    </ConfirmDialog>
  );
}

/** Says what is lost, and asks why. */
export function DropDialog({ subject, onClose }: DialogProps) {
  const submit = useSubmit(subject);
  return (
    <ConfirmDialog
      title={`Drop ${subject.name}`}
      confirmLabel="Drop"
      isDangerous
      reason="optional"
      onConfirm={(reason) => submit({ verdict: 'drop', reason })}
      onClose={onClose}
    >
      {runsOf(subject)} will not happen. The ledger keeps them as missed, with your name. A backfill can run
      them later; a job that was to run once ends.
    </ConfirmDialog>
  );
}

function useSubmit({ jobId }: Subject) {
  const decide = useDecide(jobId);
  return async (decision: Decision) => {
    notifications.show({ message: toldOf(decision, await decide.mutateAsync(decision)) });
  };
}
