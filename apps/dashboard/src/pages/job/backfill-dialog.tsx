import {
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  Progress,
  Radio,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackfillDto, JobDto, StartBackfillDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { FormError } from '../../components/form-error.js';
import { Time } from '../../components/time.js';
import { serverNow } from '../../time/server-clock.js';
import { zoneOffset } from '../../time/zone-offset.js';

const DAY_MS = 86_400_000;

const MODES: { value: StartBackfillDto['mode']; label: string; description: string }[] = [
  {
    value: 'missing',
    label: 'What nothing ran',
    description: 'Missed, skipped, paused, or before the job was there',
  },
  { value: 'failed', label: 'What failed', description: 'Times whose runs did not complete' },
  { value: 'all', label: 'Everything', description: 'Also what completed' },
];

/** Runs a job for times that have passed: asked about first, then followed until it is done. */
export default function BackfillDialog({ job, onClose }: { job: JobDto; onClose: () => void }) {
  const [started, setStarted] = useState<BackfillDto>();
  return (
    <Modal opened onClose={onClose} title={`Backfill ${job.name}`} size="lg">
      {started ? (
        <BackfillProgress job={job} id={started.id} onClose={onClose} />
      ) : (
        <BackfillForm job={job} onStarted={setStarted} onClose={onClose} />
      )}
    </Modal>
  );
}

function BackfillForm({
  job,
  onStarted,
  onClose,
}: {
  job: JobDto;
  onStarted: (backfill: BackfillDto) => void;
  onClose: () => void;
}) {
  const [from, setFrom] = useState(localText(serverNow() - DAY_MS, job.timezone));
  const [to, setTo] = useState(localText(serverNow(), job.timezone));
  const [mode, setMode] = useState<StartBackfillDto['mode']>('missing');
  const [rate, setRate] = useState<number>();
  const [isBlackout, setBlackout] = useState(false);
  const params = { path: { id: job.id } };
  const body = (): StartBackfillDto => ({
    from: instantOf(from, job.timezone),
    to: instantOf(to, job.timezone),
    mode,
    ...(rate !== undefined && { ratePerMinute: rate }),
    ...(isBlackout && { includeBlackouts: true }),
  });
  const preview = useMutation({
    mutationFn: () =>
      dataOf(api.POST('/api/v1/jobs/{id}/backfill', { params, body: { ...body(), dryRun: true } })),
  });
  const start = useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/jobs/{id}/backfill', { params, body: body() })),
    // Only a dry run is answered otherwise.
    onSuccess: (answer) => 'id' in answer && onStarted(answer),
  });
  const error = start.error ?? preview.error;
  return (
    <form
      onChange={() => preview.reset()}
      onSubmit={(event) => {
        event.preventDefault();
        if (preview.data) start.mutate();
        else preview.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          It runs for each due moment of the range, both ends among them, one after another. Times are those
          of {job.timezone}.
        </Text>
        <Group grow>
          <TextInput
            type="datetime-local"
            step={1}
            label="From"
            required
            value={from}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            step={1}
            label="Until"
            required
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
        </Group>
        <Radio.Group label="Which of them" value={mode} onChange={setMode}>
          <Stack gap="xs" mt="xs">
            {MODES.map((one) => (
              <Radio key={one.value} {...one} />
            ))}
          </Stack>
        </Radio.Group>
        <NumberInput
          label="Runs a minute, at most"
          placeholder="As fast as they end"
          min={1}
          max={6_000}
          value={rate ?? ''}
          onChange={(value) => {
            preview.reset();
            setRate(typeof value === 'number' ? value : undefined);
          }}
        />
        {job.calendars.length > 0 && (
          <Checkbox
            label="Also what its calendars leave out"
            checked={isBlackout}
            onChange={({ currentTarget }) => setBlackout(currentTarget.checked)}
          />
        )}
        {preview.data && (
          <Text size="sm" role="status">
            {preview.data.total === 0
              ? 'There is nothing of that kind in this range.'
              : `${preview.data.total.toLocaleString('en')} runs would begin.`}
          </Text>
        )}
        {error && <FormError error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {preview.data && preview.data.total > 0 ? (
            <Button type="submit" loading={start.isPending}>
              Run {preview.data.total.toLocaleString('en')} times
            </Button>
          ) : (
            <Button type="submit" loading={preview.isPending}>
              Count them
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

const LOOK_EVERY_MS = 1_000;

function BackfillProgress({ job, id, onClose }: { job: JobDto; id: string; onClose: () => void }) {
  const params = { path: { id } };
  const { data, error } = useQuery({
    queryKey: [...keys.jobs.one(job.id), 'backfill', id],
    queryFn: () => dataOf(api.GET('/api/v1/backfills/{id}', { params })),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_EVERY_MS : false),
  });
  const cancel = useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/backfills/{id}/cancel', { params })),
  });
  if (!data) return error ? <FormError error={error} /> : <Progress value={0} animated />;
  const share = (count: number) => (data.total === 0 ? 0 : (count / data.total) * 100);
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        {data.status === 'running' ? 'Running' : data.status === 'completed' ? 'Done' : 'Cancelled'}:{' '}
        {data.completed.toLocaleString('en')} of {data.total.toLocaleString('en')} ran
        {data.failed > 0 && `, ${data.failed.toLocaleString('en')} failed`}, from{' '}
        <Time at={data.from} zone={job.timezone} /> to <Time at={data.to} zone={job.timezone} />.
      </Text>
      <Progress.Root size="lg">
        <Progress.Section value={share(data.completed)} color="var(--ran-fill)" aria-label="Ran" />
        <Progress.Section value={share(data.failed)} color="var(--failed-fill)" aria-label="Failed" />
        <Progress.Section
          value={share(data.running)}
          color="var(--running-fill)"
          aria-label="Running"
          animated
        />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        It goes on when this is closed; its runs are in the ledger below, beside the schedule.
      </Text>
      {cancel.error && <FormError error={cancel.error} />}
      <Group justify="flex-end">
        {data.status === 'running' && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Stop it
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}

/** A moment as the field has it, by the clock of the job. */
function localText(at: number, zone: string): string {
  return new Date(at + zoneOffset(at, zone)).toISOString().slice(0, 19);
}

function instantOf(text: string, zone: string): string {
  const local = Date.parse(`${text}Z`);
  const guess = local - zoneOffset(local, zone);
  return new Date(local - zoneOffset(guess, zone)).toISOString();
}
