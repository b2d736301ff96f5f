import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ApiKeyDto } from '#client';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { DataTable } from '../../../components/data-table.js';
import { EmptyState } from '../../../components/empty-state.js';
import { Loaded } from '../../../components/loaded.js';
import { PageHeader } from '../../../components/page-header.js';
import { SkeletonRows } from '../../../components/skeleton-rows.js';
import { apiKeyColumns } from './api-key-columns.js';
import { NewApiKey } from './new-api-key.js';
import { useApiKeys, useRevokeApiKey } from './use-api-keys.js';

/** One's own API keys: what uses them, until when they work, and making and revoking them. */
export default function ApiKeysPage() {
  const query = useApiKeys();
  const revoke = useRevokeApiKey();
  const [isNewWanted, setNewWanted] = useState(false);
  const [revoked, setRevoked] = useState<ApiKeyDto>();
  const columns = useMemo(() => apiKeyColumns(setRevoked), []);
  return (
    <>
      <PageHeader
        title="API keys"
        crumbs={[{ label: 'Settings', to: '/settings' }]}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => setNewWanted(true)}>
            New API key
          </Button>
        }
      >
        For scripts, pipelines and the command line. A key acts as you, in your role.
      </PageHeader>
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={<IconKey size={28} />} title="No API keys yet">
              Make one for each program that uses the API, so that each can be revoked by itself.
            </EmptyState>
          ) : (
            <DataTable
              label="API keys"
              rows={rows}
              columns={columns}
              idOf={({ id }) => id}
              nameOf={({ name }) => name}
            />
          )
        }
      </Loaded>
      {isNewWanted && <NewApiKey onClose={() => setNewWanted(false)} />}
      {revoked && (
        <ConfirmDialog
          title={`Revoke ${revoked.name}`}
          confirmLabel="Revoke"
          isDangerous
          onConfirm={async () => {
            await revoke.mutateAsync(revoked.id);
            notifications.show({ message: `${revoked.name} is revoked.` });
          }}
          onClose={() => setRevoked(undefined)}
        >
          Whatever uses it is refused from now on. This cannot be undone.
        </ConfirmDialog>
      )}
    </>
  );
}
