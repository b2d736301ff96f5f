import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import type { JobDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { FormError } from '../../components/form-error.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Time } from '../../components/time.js';
import { wordOf } from '../../ledger/ledger-kind.js';
import { bandInWords, type Pickable } from '../../ledger/pickable.js';
import { useJobCommand } from './use-job-command.js';

/** A due moment that did not run: why, and how to make up for it. */
export function MomentDialog({
  job,
  picked,
  onClose,
}: {
  job: JobDto;
  picked: Pickable;
  onClose: () => void;
}) {
  return (
    <Modal opened onClose={onClose} title="What became of this moment">
      {picked.kind === 'mark' && <MarkDetails job={job} mark={picked.mark} onClose={onClose} />}
      {picked.kind === 'band' && (
        <Stack gap="md">
          <Text fw={600}>{bandInWords(picked.band)}</Text>
          <Text size="sm">
            From <Time at={picked.band.from} zone={job.timezone} format="long" /> until{' '}
            <Time at={picked.band.until} zone={job.timezone} format="long" />. {picked.band.why}
          </Text>
        </Stack>
      )}
    </Modal>
  );
}

function MarkDetails({
  job,
  mark: { kind, entry },
  onClose,
}: {
  job: JobDto;
  mark: Extract<Pickable, { kind: 'mark' }>['mark'];
  onClose: () => void;
}) {
  const fill = useJobCommand(job.id, () => {
    const body = { from: entry.at, to: entry.at, mode: 'missing' as const };
    return dataOf(api.POST('/api/v1/jobs/{id}/backfill', { params: { path: { id: job.id } }, body }));
  });
  const isPast = entry.kind === 'execution';
  return (
    <Stack gap="md">
      <Group gap="sm">
        <StatusBadge kind={kind} word={wordOf(entry)} />
        <Time at={entry.at} zone={job.timezone} format="long" />
      </Group>
      {entry.why !== null && <Text size="sm">{entry.why}</Text>}
      {!isPast && entry.note !== null && <Text size="sm">{entry.note}</Text>}
      {fill.error && <FormError error={fill.error} />}
      <Group justify="flex-end">
        {isPast && (
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/executions/$executionId" params={{ executionId: entry.executionId }} {...props} />
            )}
          >
            Its record
          </Button>
        )}
        {isPast && job.status === 'active' && (
          <Button
            loading={fill.isPending}
            onClick={() =>
              fill.mutate(undefined, {
                onSuccess: () => {
                  notifications.show({ message: 'It runs for this moment now.' });
                  onClose();
                },
              })
            }
          >
            Run now for this moment
          </Button>
        )}
      </Group>
    </Stack>
  );
}
