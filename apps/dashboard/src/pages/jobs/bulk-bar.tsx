import { Button, Modal, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkAction, BulkFailureDto } from '#client';
import { keys } from '../../api/query-keys.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { FormError } from '../../components/form-error.js';
import { type BulkProgress, runBulk } from './run-bulk.js';
import type { JobsSearch } from './jobs-search.js';
import classes from './jobs.module.css';

type Filter = Omit<JobsSearch, 'sort'>;

interface BulkBarProps {
  selected: ReadonlySet<string>;
  /** How many match the filter in all, and how many of them the table has read. */
  total: number;
  shown: number;
  filter: Filter;
  onDone: () => void;
}

const ACTIONS: { action: BulkAction; label: string; ask: string; reason?: 'optional'; isDangerous?: true }[] =
  [
    { action: 'trigger', label: 'Run now', ask: 'Each runs once now, beside its schedule.' },
    {
      action: 'pause',
      label: 'Pause',
      ask: 'Nothing of them begins until they are resumed.',
      reason: 'optional',
    },
    { action: 'resume', label: 'Resume', ask: 'They go on with the next time to come.' },
    {
      action: 'delete',
      label: 'Delete',
      ask: 'They are gone from the list, and what they have running is cancelled.',
      isDangerous: true,
    },
  ];

/** What can be done with the rows selected, or with all that match; the server goes through them, a hundred at a time. */
export function BulkBar({ selected, total, shown, filter, onDone }: BulkBarProps) {
  const [isAll, setAll] = useState(false);
  const [asked, setAsked] = useState<(typeof ACTIONS)[number]>();
  const [isTagging, setTagging] = useState(false);
  const [progress, setProgress] = useState<BulkProgress>();
  const client = useQueryClient();
  const bulk = useMutation({
    mutationFn: (command: { action: BulkAction; reason?: string; tag?: string }) =>
      runBulk({ ...command, ...(isAll ? { filter } : { ids: [...selected] }) }, setProgress),
    onSettled: () => client.invalidateQueries({ queryKey: keys.jobs.all() }),
  });
  if (selected.size === 0) return null;
  const count = isAll ? total : selected.size;
  const close = () => {
    setProgress(undefined);
    bulk.reset();
    setAll(false);
    onDone();
  };
  return (
    <div className={classes.bulk} role="toolbar" aria-label="What to do with the jobs selected">
      <span className={classes.count}>{count.toLocaleString('en')} selected</span>
      {!isAll && selected.size >= shown && total > shown && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          Select all {total.toLocaleString('en')} that match
        </Button>
      )}
      {ACTIONS.map((one) => (
        <Button key={one.action} size="compact-sm" variant="default" onClick={() => setAsked(one)}>
          {one.label}
        </Button>
      ))}
      <Button size="compact-sm" variant="default" onClick={() => setTagging(true)}>
        Tag
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={close}>
        Select none
      </Button>
      {asked && (
        <ConfirmDialog
          title={`${asked.label}: ${count.toLocaleString('en')} ${count === 1 ? 'job' : 'jobs'}`}
          confirmLabel={asked.label}
          isDangerous={asked.isDangerous ?? false}
          reason={asked.reason ?? 'none'}
          onConfirm={async (reason) => {
            bulk.mutate({ action: asked.action, ...(reason !== undefined && { reason }) });
          }}
          onClose={() => setAsked(undefined)}
        >
          {asked.ask}
        </ConfirmDialog>
      )}
      {isTagging && (
        <TagDialog
          count={count}
          onTag={(tag) => bulk.mutate({ action: 'addTag', tag })}
          onClose={() => setTagging(false)}
        />
      )}
      {(bulk.isPending || bulk.isSuccess || bulk.isError) && (
        <Modal
          opened
          onClose={close}
          title={bulk.isPending ? 'At work' : 'Done'}
          closeOnClickOutside={!bulk.isPending}
        >
          <Stack gap="md">
            <Report progress={progress} count={count} isOver={!bulk.isPending} />
            {bulk.error && <FormError error={bulk.error} />}
            <Button onClick={close} disabled={bulk.isPending} style={{ alignSelf: 'flex-end' }}>
              Close
            </Button>
          </Stack>
        </Modal>
      )}
    </div>
  );
}

function TagDialog({
  count,
  onTag,
  onClose,
}: {
  count: number;
  onTag: (tag: string) => void;
  onClose: () => void;
}) {
  const [tag, setTag] = useState('');
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Tag ${count.toLocaleString('en')} ${count === 1 ? 'job' : 'jobs'}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onTag(tag.trim());
          onClose();
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Tag"
            required
            maxLength={50}
            data-autofocus
            value={tag}
            onChange={({ currentTarget }) => setTag(currentTarget.value)}
          />
          <Button type="submit" disabled={tag.trim() === ''} style={{ alignSelf: 'flex-end' }}>
            Add the tag
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

const FAILURES_SHOWN = 50;

function Report({
  progress,
  count,
  isOver,
}: {
  progress: BulkProgress | undefined;
  count: number;
  isOver: boolean;
}) {
  const { done, failed } = progress ?? { done: 0, failed: [] as BulkFailureDto[] };
  return (
    <>
      <Progress
        value={isOver ? 100 : ((done + failed.length) / Math.max(1, count)) * 100}
        aria-label="Progress"
      />
      <Text size="sm" role="status">
        {done.toLocaleString('en')} done
        {failed.length > 0 && `, ${failed.length.toLocaleString('en')} refused`}.
      </Text>
      {failed.slice(0, FAILURES_SHOWN).map(({ id, name, message }) => (
        <Text key={id} size="sm">
          <b>{name ?? id}</b>: {message}
        </Text>
      ))}
      {failed.length > FAILURES_SHOWN && <Text size="sm">and {failed.length - FAILURES_SHOWN} more.</Text>}
    </>
  );
}
