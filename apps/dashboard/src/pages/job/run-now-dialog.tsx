import { Button, Collapse, Group, JsonInput, Modal, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ChronosApiError, type JobDto, type TriggerJobDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { FormError } from '../../components/form-error.js';
import { OVERLAPS } from './policies-in-words.js';

/** Runs a job now, as it is or with another payload for this run. */
export default function RunNowDialog({ job, onClose }: { job: JobDto; onClose: () => void }) {
  const own = JSON.stringify(job.payload, null, 2);
  const [isEdited, setEdited] = useState(false);
  const [text, setText] = useState(own);
  const [overlapPolicy, setOverlapPolicy] = useState<JobDto['overlapPolicy']>();
  const client = useQueryClient();
  const navigate = useNavigate();
  const payload = isEdited && text !== own ? parsed(text) : undefined;
  const run = useMutation({
    mutationFn: () => {
      const body: TriggerJobDto = {
        ...(payload?.value !== undefined && { payload: payload.value }),
        ...(overlapPolicy && { overlapPolicy }),
      };
      return dataOf(api.POST('/api/v1/jobs/{id}/trigger', { params: { path: { id: job.id } }, body }));
    },
    onSuccess: async ({ id: executionId }) => {
      await client.invalidateQueries({ queryKey: keys.jobs.one(job.id) });
      notifications.show({ message: `${job.name} runs.` });
      onClose();
      await navigate({ to: '/executions/$executionId', params: { executionId } });
    },
  });
  const isBlocked = run.error instanceof ChronosApiError && run.error.code === 'ALREADY_RUNNING';
  return (
    <Modal opened onClose={onClose} title={`Run ${job.name} now`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (payload?.fault === undefined) run.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm">It runs beside its schedule, which goes on as it was.</Text>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isEdited}
            onClick={() => setEdited(!isEdited)}
            style={{ alignSelf: 'flex-start' }}
          >
            {isEdited ? 'Use its own payload' : 'Change the payload for this run'}
          </Button>
          <Collapse expanded={isEdited}>
            <JsonInput
              label="Payload"
              description="What is shown as ******** is kept secret; leave it to keep it."
              value={text}
              onChange={setText}
              error={payload?.fault}
              autosize
              minRows={6}
              maxRows={18}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
            />
          </Collapse>
          {run.error && <FormError error={run.error} />}
          {isBlocked && (
            <Select
              label="Run it all the same"
              placeholder="Choose what becomes of the earlier run"
              data={Object.entries(OVERLAPS)
                .filter(([policy]) => policy !== 'skip')
                .map(([value, label]) => ({ value, label }))}
              value={overlapPolicy ?? null}
              onChange={(value) => setOverlapPolicy((value ?? undefined) as typeof overlapPolicy)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={run.isPending} data-autofocus>
              Run now
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function parsed(text: string): { value?: Record<string, unknown>; fault?: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: { ...value } };
    return { fault: 'must be an object: { ... }' };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
