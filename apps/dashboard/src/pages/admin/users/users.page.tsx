import { useMemo } from 'react';
import { DataTable } from '../../../components/data-table.js';
import { ErrorState, StaleNotice } from '../../../components/error-state.js';
import { PageHeader } from '../../../components/page-header.js';
import { SkeletonRows } from '../../../components/skeleton-rows.js';
import { useUsers } from './use-users.js';
import { userColumns } from './user-columns.js';

/** Every account: who it is, what it may do, and how to change that. */
export default function UsersPage() {
  const users = useUsers();
  const rows = useMemo(() => users.data?.pages.flatMap(({ items }) => items) ?? [], [users.data]);
  const columns = useMemo(() => userColumns(), []);
  return (
    <>
      <PageHeader title="Users" crumbs={[{ label: 'Admin', to: '/admin' }]} />
      {users.error && users.data && <StaleNotice error={users.error} at={users.dataUpdatedAt} />}
      {users.error && !users.data && (
        <ErrorState error={users.error} onRetry={() => void users.refetch()} isRetrying={users.isFetching} />
      )}
      {users.isPending && <SkeletonRows count={8} />}
      {rows.length > 0 && (
        <DataTable
          label="Users"
          rows={rows}
          columns={columns}
          idOf={({ id }) => id}
          nameOf={({ name }) => name}
          onEnd={() => {
            if (users.hasNextPage && !users.isFetchingNextPage) void users.fetchNextPage();
          }}
        />
      )}
    </>
  );
}
