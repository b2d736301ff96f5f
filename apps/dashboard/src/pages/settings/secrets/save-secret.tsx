import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { SecretDto } from '#client';
import { describeError } from '../../../api/describe-error.js';
import { FormError } from '../../../components/form-error.js';
import { useSaveSecret } from './use-secrets.js';

const FIELDS = ['name', 'value', 'description'];
const MAX_VALUE = 32_768;

/** Keeps a new secret; of one that is there it replaces the value, or what is said of it. */
export function SaveSecret({ secret, onClose }: { secret?: SecretDto; onClose: () => void }) {
  const [name, setName] = useState(secret?.name ?? '');
  const [value, setValue] = useState('');
  const [description, setDescription] = useState(secret?.description ?? '');
  const save = useSaveSecret(secret);
  const faults = save.error ? describeError(save.error).fields : [];
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const isPlaced = faults.some(({ field }) => FIELDS.includes(field));
  const submit = async () => {
    const { name: kept } = await save.mutateAsync({ name: name.trim(), value, description });
    notifications.show({ message: `${kept} is kept.` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={secret ? `Replace ${secret.name}` : 'New secret'}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // A refusal is shown below, from `save.error`.
          submit().catch(() => undefined);
        }}
      >
        <Stack gap="md">
          {!secret && (
            <TextInput
              label="Name"
              description="Letters, digits and underscores."
              placeholder="BILLING_TOKEN"
              required
              maxLength={64}
              data-autofocus
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
              error={fault('name')}
            />
          )}
          <Textarea
            label="Value"
            description={
              secret ? 'Runs that begin from now on have it. Left empty, it stays what it is.' : undefined
            }
            required={!secret}
            autosize
            minRows={1}
            maxRows={8}
            maxLength={MAX_VALUE}
            autoComplete="off"
            spellCheck={false}
            data-autofocus={secret !== undefined || undefined}
            value={value}
            onChange={({ currentTarget }) => setValue(currentTarget.value)}
            error={fault('value')}
          />
          <TextInput
            label="What it is"
            placeholder="Optional"
            maxLength={500}
            value={description}
            onChange={({ currentTarget }) => setDescription(currentTarget.value)}
            error={fault('description')}
          />
          {save.error && !isPlaced && <FormError error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              {secret ? 'Replace' : 'Keep it'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
