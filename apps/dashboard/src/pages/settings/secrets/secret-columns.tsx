import { ActionIcon } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { SecretDto } from '#client';
import { CopyButton } from '../../../components/copy-button.js';
import type { Column } from '../../../components/data-table.js';
import { RelativeTime } from '../../../components/time.js';
import classes from './secrets.module.css';

interface Actions {
  onReplace: (secret: SecretDto) => void;
  onDelete: (secret: SecretDto) => void;
}

/** What the list tells of each secret. */
export function secretColumns({ onReplace, onDelete }: Actions): Column<SecretDto>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(136px, 1.2fr)',
      cell: ({ name }) => (
        <span className={classes.name}>
          <code>{name}</code>
          <CopyButton text={`{{ secrets.${name} }}`} what={`{{ secrets.${name} }}`} />
        </span>
      ),
    },
    {
      id: 'description',
      header: 'What it is',
      width: 'minmax(120px, 2fr)',
      minTableWidth: 720,
      cell: ({ description }) => description,
    },
    {
      id: 'users',
      header: 'Used by',
      width: '96px',
      cell: ({ usedBy }) =>
        usedBy.length === 0 ? (
          <span className={classes.none}>no job</span>
        ) : (
          <span data-hint={usedBy.map(({ name }) => name).join(', ')}>
            {usedBy.length === 1 ? '1 job' : `${usedBy.length} jobs`}
          </span>
        ),
    },
    {
      id: 'used',
      header: 'Last used',
      width: '128px',
      minTableWidth: 520,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          <span className={classes.none}>not yet</span>
        ) : (
          <RelativeTime at={lastUsedAt} />
        ),
    },
    {
      id: 'changed',
      header: 'Changed',
      width: '128px',
      minTableWidth: 800,
      cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      width: '88px',
      align: 'end',
      cell: (secret) => (
        <span className={classes.actions}>
          <ActionIcon
            size={28}
            aria-label={`Replace ${secret.name}`}
            data-hint="Replace the value"
            onClick={() => onReplace(secret)}
          >
            <IconPencil size={16} />
          </ActionIcon>
          <ActionIcon
            size={28}
            aria-label={`Delete ${secret.name}`}
            data-hint="Delete"
            onClick={() => onDelete(secret)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </span>
      ),
    },
  ];
}
