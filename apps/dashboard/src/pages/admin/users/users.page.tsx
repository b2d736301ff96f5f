import { Button } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { DataTable } from '../../../components/data-table.js';
import { EmptyState } from '../../../components/empty-state.js';
import { ErrorState, StaleNotice } from '../../../components/error-state.js';
import { FilterBar } from '../../../components/filter-bar.js';
import { PageHeader } from '../../../components/page-header.js';
import { SkeletonRows } from '../../../components/skeleton-rows.js';
import { useSetSearch } from '../../../shell/search-params.js';
import { useUsers } from './use-users.js';
import { USER_COLUMNS } from './user-columns.js';
import type { UsersSearch } from './users-search.js';

const route = getRouteApi('/shell/admin/users');

/** Every account: who it is, what it may do, and how to change that. */
export default function UsersPage() {
  const search = route.useSearch();
  const setSearch = useSetSearch<UsersSearch>();
  const users = useUsers(search);
  const rows = useMemo(() => users.data?.pages.flatMap(({ items }) => items) ?? [], [users.data]);
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  const clear = () => setSearch({ search: undefined, role: undefined, state: undefined });
  return (
    <>
      <PageHeader title="Users" crumbs={[{ label: 'Admin', to: '/admin' }]} />
      <FilterBar
        search={{
          value: search.search,
          placeholder: 'Search names and addresses',
          onChange: (value) => setSearch({ search: value }, { replace: true }),
        }}
        filters={[
          {
            label: 'Role',
            value: search.role,
            options: [
              { value: 'admin', label: 'Administrator' },
              { value: 'user', label: 'User' },
            ],
            onChange: (value) => setSearch({ role: value as UsersSearch['role'] }),
          },
          {
            label: 'State',
            value: search.state,
            options: [
              { value: 'active', label: 'Active' },
              { value: 'suspended', label: 'Suspended' },
            ],
            onChange: (value) => setSearch({ state: value as UsersSearch['state'] }),
          },
        ]}
        onClear={isFiltered ? clear : undefined}
      />
      {users.error && users.data && <StaleNotice error={users.error} at={users.dataUpdatedAt} />}
      {users.error && !users.data && (
        <ErrorState error={users.error} onRetry={() => void users.refetch()} isRetrying={users.isFetching} />
      )}
      {users.isPending && <SkeletonRows count={8} />}
      {users.data && rows.length === 0 && (
        <EmptyState
          icon={<IconSearchOff size={28} />}
          title="No account matches"
          action={
            <Button variant="default" onClick={clear}>
              Clear filters
            </Button>
          }
        />
      )}
      {rows.length > 0 && (
        <DataTable
          label="Users"
          rows={rows}
          columns={USER_COLUMNS}
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
