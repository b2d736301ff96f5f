import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JobDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { FieldDiff } from '../../components/field-diff.js';
import { FormError } from '../../components/form-error.js';
import { Loaded } from '../../components/loaded.js';
import { differences } from './model/changes.js';
import { labelOf } from './model/labels.js';
import type { JobRequest } from './model/to-request.js';
import { requestOf } from './save-job.js';
import { useWords } from './use-words.js';

interface ConflictDialogProps {
  /** The job as the form began with it. */
  job: JobDto;
  /** As it would be after the edit. */
  mine: JobRequest;
  error: Error | null;
  isSaving: boolean;
  /** Saves what was changed here onto their version. */
  onKeepMine: (version: number) => void;
  onTakeTheirs: (job: JobDto) => void;
  onClose: () => void;
}

/** Somebody else changed the job since the form was opened: shows what, and lets one choose. */
export default function ConflictDialog(props: ConflictDialogProps) {
  const { job, mine, error, isSaving, onKeepMine, onTakeTheirs, onClose } = props;
  const { id, version } = job;
  const query = useQuery({
    queryKey: [...keys.jobs.one(id), 'after', version],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
    staleTime: 0,
  });
  const words = useWords(requestOf(job), requestOf(query.data ?? job));
  return (
    <Modal opened onClose={onClose} title="Changed by somebody else meanwhile" size="lg">
      <Loaded query={query} skeleton={<Skeleton height={160} />}>
        {(theirs) => {
          const before = requestOf(job);
          const changes = differences(before, requestOf(theirs));
          const shared = fieldsOfBoth(changes, differences(before, mine));
          return (
            <Stack gap="md">
              {changes.length === 0 ? (
                <Text size="sm">Its settings are the same; it was paused, resumed or moved on.</Text>
              ) : (
                <>
                  <Text size="sm">They changed:</Text>
                  <FieldDiff changes={changes} labelOf={labelOf} format={words} />
                </>
              )}
              <Text size="sm" c="dimmed">
                {shared.length === 0
                  ? 'You changed other fields: keeping yours keeps theirs, too.'
                  : `You changed ${shared.map(labelOf).join(', ')} as well: keeping yours replaces theirs.`}
              </Text>
              {error && <FormError error={error} />}
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>
                  Back to the form
                </Button>
                <Button variant="default" onClick={() => onTakeTheirs(theirs)}>
                  Take theirs, drop mine
                </Button>
                <Button loading={isSaving} onClick={() => onKeepMine(theirs.version)} data-autofocus>
                  Save mine
                </Button>
              </Group>
            </Stack>
          );
        }}
      </Loaded>
    </Modal>
  );
}

/** A payload and notifications are saved as a whole: a change anywhere in them is a change of both. */
function fieldsOfBoth(theirs: { field: string }[], mine: { field: string }[]): string[] {
  const whole = (changes: { field: string }[]) => new Set(changes.map(({ field }) => field.split('.', 1)[0]));
  const others = whole(theirs);
  return [...whole(mine)].filter((field) => field !== undefined && others.has(field)) as string[];
}
