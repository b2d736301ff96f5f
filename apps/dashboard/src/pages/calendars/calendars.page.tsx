import { Button } from '@mantine/core';
import { IconCalendarOff, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorState, StaleNotice } from '../../components/error-state.js';
import { FilterBar } from '../../components/filter-bar.js';
import { PageHeader } from '../../components/page-header.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { useSetSearch } from '../../shell/search-params.js';
import { CALENDAR_COLUMNS } from './calendar-columns.js';
import { useCalendars } from './calendars-queries.js';

const route = getRouteApi('/shell/calendars');

/** The calendars one may see: whether each is closed now, and when it is next. */
export default function CalendarsPage() {
  const { search } = route.useSearch();
  const setSearch = useSetSearch<{ search: string | undefined }>();
  const navigate = useNavigate();
  const calendars = useCalendars(search);
  const rows = calendars.data?.pages.flatMap(({ items }) => items) ?? [];
  const clear = () => setSearch({ search: undefined });
  return (
    <>
      <PageHeader title="Calendars" actions={<NewCalendar />}>
        Times at which the jobs that name a calendar do not run: holidays, nights, a freeze.
      </PageHeader>
      {(rows.length > 0 || search !== undefined) && (
        <FilterBar
          search={{
            value: search,
            placeholder: 'Search names and descriptions',
            onChange: (value) => setSearch({ search: value }, { replace: true }),
          }}
          onClear={search === undefined ? undefined : clear}
        />
      )}
      {calendars.error && calendars.data && (
        <StaleNotice error={calendars.error} at={calendars.dataUpdatedAt} />
      )}
      {calendars.error && !calendars.data && (
        <ErrorState
          error={calendars.error}
          onRetry={() => void calendars.refetch()}
          isRetrying={calendars.isFetching}
        />
      )}
      {calendars.isPending && <SkeletonRows count={6} />}
      {calendars.data && rows.length === 0 && (
        <NoCalendars isFiltered={search !== undefined} onClear={clear} />
      )}
      {rows.length > 0 && (
        <DataTable
          label="Calendars"
          rows={rows}
          columns={CALENDAR_COLUMNS}
          idOf={({ id }) => id}
          nameOf={({ name }) => name}
          onOpen={({ id }) => void navigate({ to: '/calendars/$calendarId', params: { calendarId: id } })}
          onEnd={() => {
            if (calendars.hasNextPage && !calendars.isFetchingNextPage) void calendars.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function NewCalendar() {
  return (
    <Button
      leftSection={<IconPlus size={16} />}
      renderRoot={(props) => <Link to="/calendars/new" {...props} />}
    >
      New calendar
    </Button>
  );
}

function NoCalendars({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={<IconSearchOff size={28} />}
        title="No calendar matches"
        action={
          <Button variant="default" onClick={onClear}>
            Clear the search
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState icon={<IconCalendarOff size={28} />} title="No calendars yet" action={<NewCalendar />}>
      Make one from days, from hours of the week, or from an iCalendar file such as your country&rsquo;s
      public holidays. Then name it in a job: what comes due while it is closed is skipped, and the ledger
      says why.
    </EmptyState>
  );
}
