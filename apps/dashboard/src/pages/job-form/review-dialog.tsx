import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { FieldDiff } from '../../components/field-diff.js';
import { FormError } from '../../components/form-error.js';
import { differences } from './model/changes.js';
import { masked } from './model/masked.js';
import { labelOf } from './model/labels.js';
import type { JobRequest } from './model/to-request.js';
import { useWords } from './use-words.js';

interface ReviewDialogProps {
  before: JobRequest;
  after: JobRequest;
  error: Error | null;
  isSaving: boolean;
  onSave: () => void;
  onClose: () => void;
}

/** Shows what an edit changes, before it does. */
export default function ReviewDialog({ before, after, error, isSaving, onSave, onClose }: ReviewDialogProps) {
  const words = useWords(before, after);
  const changes = differences(before, after, masked(after, after));
  return (
    <Modal opened onClose={onClose} title="Save these changes?" size="lg">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {changes.length === 0
            ? 'Nothing changes: what you typed means the same.'
            : 'They hold for runs that have not begun.'}
        </Text>
        {changes.length > 0 && <FieldDiff changes={changes} labelOf={labelOf} format={words} />}
        {error && <FormError error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button onClick={onSave} loading={isSaving} disabled={changes.length === 0} data-autofocus>
            Save changes
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
