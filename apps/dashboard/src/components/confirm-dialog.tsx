import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { FormError } from './form-error.js';

interface ConfirmDialogProps {
  title: string;
  /** What will happen, and to what. */
  children: ReactNode;
  /** The verb: "Pause", "Delete". */
  confirmLabel: string;
  isDangerous?: boolean;
  /** Is a reason asked for, and must there be one? It is kept with the job and in the audit trail. */
  reason?: 'none' | 'optional' | 'required';
  /** Who reads the reason, where that is not who looks at a job. */
  reasonHint?: string;
  /** Does it; the dialog stays open with the error where that fails, and closes where it does not. */
  onConfirm: (reason: string | undefined) => Promise<unknown>;
  onClose: () => void;
}

const MAX_REASON = 500;

/** Asks before something is done, with a reason where one is wanted. Mount it while it is open. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  isDangerous = false,
  reason = 'none',
  reasonHint = 'Others see it beside the job and in the audit log.',
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const [text, setText] = useState('');
  const given = text.trim();
  const confirm = useMutation({
    mutationFn: () => onConfirm(given === '' ? undefined : given),
    onSuccess: onClose,
  });
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm" component="div">
            {children}
          </Text>
          {reason !== 'none' && (
            <TextInput
              label="Reason"
              description={reasonHint}
              placeholder={reason === 'optional' ? 'Optional' : undefined}
              maxLength={MAX_REASON}
              required={reason === 'required'}
              data-autofocus
              value={text}
              onChange={({ currentTarget }) => setText(currentTarget.value)}
            />
          )}
          {confirm.error && <FormError error={confirm.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus={reason === 'none' || undefined}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={isDangerous ? 'danger' : undefined}
              loading={confirm.isPending}
              disabled={reason === 'required' && given === ''}
            >
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
