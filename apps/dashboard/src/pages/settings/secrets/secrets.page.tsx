import { Button } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { SecretDto } from '#client';
import { DataTable } from '../../../components/data-table.js';
import { EmptyState } from '../../../components/empty-state.js';
import { Loaded } from '../../../components/loaded.js';
import { PageHeader } from '../../../components/page-header.js';
import { SkeletonRows } from '../../../components/skeleton-rows.js';
import { DeleteSecret } from './delete-secret.js';
import { SaveSecret } from './save-secret.js';
import { secretColumns } from './secret-columns.js';
import classes from './secrets.module.css';
import { useSecrets } from './use-secrets.js';

/** One's own secrets: which there are, what uses them, and keeping, replacing and deleting them. */
export default function SecretsPage() {
  const query = useSecrets();
  const [saved, setSaved] = useState<SecretDto | 'new'>();
  const [deleted, setDeleted] = useState<SecretDto>();
  const columns = useMemo(() => secretColumns({ onReplace: setSaved, onDelete: setDeleted }), []);
  return (
    <>
      <PageHeader
        title="Secrets"
        crumbs={[{ label: 'Settings', to: '/settings' }]}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => setSaved('new')}>
            New secret
          </Button>
        }
      >
        Payloads of your jobs use them as <code className={classes.use}>{'{{ secrets.NAME }}'}</code>. A value
        is never shown again.
      </PageHeader>
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={<IconLock size={28} />} title="No secrets yet">
              Keep tokens and passwords here and out of payloads: encrypted, left out of logs and results, and
              replaced in one place.
            </EmptyState>
          ) : (
            <DataTable
              label="Secrets"
              rows={rows}
              columns={columns}
              idOf={({ id }) => id}
              nameOf={({ name }) => name}
              rowHeight={40}
            />
          )
        }
      </Loaded>
      {saved && (
        <SaveSecret {...(saved !== 'new' && { secret: saved })} onClose={() => setSaved(undefined)} />
      )}
      {deleted && <DeleteSecret secret={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  );
}
