import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { describeError } from '../../../api/describe-error.js';
import { CopyButton } from '../../../components/copy-button.js';
import { FormError } from '../../../components/form-error.js';
import { serverNow } from '../../../time/server-clock.js';
import classes from './api-keys.module.css';
import { useCreateApiKey } from './use-api-keys.js';

const DAY_MS = 86_400_000;
const LIFETIMES = [
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'never', label: 'never' },
];
const DEFAULT_LIFETIME = '90';

/** Makes an API key, and shows it for the only time. */
export function NewApiKey({ onClose }: { onClose: () => void }) {
  const create = useCreateApiKey();
  if (create.data) return <Created apiKey={create.data.key} name={create.data.name} onClose={onClose} />;
  return <Form create={create} onClose={onClose} />;
}

function Form({ create, onClose }: { create: ReturnType<typeof useCreateApiKey>; onClose: () => void }) {
  const [name, setName] = useState('');
  const [lifetime, setLifetime] = useState(DEFAULT_LIFETIME);
  const error = create.error && describeError(create.error);
  const fault = error?.fields.find(({ field }) => field === 'name')?.message;
  const submit = () => {
    const expiresAt = new Date(serverNow() + Number(lifetime) * DAY_MS).toISOString();
    create.mutate({ name: name.trim(), ...(lifetime !== 'never' && { expiresAt }) });
  };
  return (
    <Modal opened onClose={onClose} title="New API key">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            description="What will use it, so that you know later what to revoke."
            placeholder="deploy pipeline"
            required
            maxLength={100}
            data-autofocus
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={fault}
          />
          <Select
            label="Expires"
            data={LIFETIMES}
            allowDeselect={false}
            value={lifetime}
            onChange={(value) => setLifetime(value ?? DEFAULT_LIFETIME)}
          />
          {create.error && fault === undefined && <FormError error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              Make the key
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Closed by its button only: a click beside it must not lose the key. */
function Created({ apiKey, name, onClose }: { apiKey: string; name: string; onClose: () => void }) {
  const example = `curl ${location.origin}/api/v1/jobs -H 'Authorization: Bearer ${apiKey}'`;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`The key ${name}`}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Alert color="accent" icon={<IconAlertTriangle size={18} />}>
          Copy it now. It is not shown again.
        </Alert>
        <div className={classes.key}>
          <code data-testid="api-key">{apiKey}</code>
          <CopyButton text={apiKey} what="the key" />
        </div>
        <div className={classes.key}>
          <code>{example}</code>
          <CopyButton text={example} what="the command" />
        </div>
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            I have it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
