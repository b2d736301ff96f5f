import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFileSearch, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { AuditEventDto } from '#client';
import { DataTable } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { ErrorState, StaleNotice } from '../components/error-state.js';
import { SkeletonRows } from '../components/skeleton-rows.js';
import { toggled } from '../components/toggled.js';
import { auditColumns } from './audit-columns.js';
import { AuditDetail } from './audit-detail.js';
import { AuditFilters } from './audit-filters.js';
import type { AuditSearch } from './audit-search.js';
import { actorOf } from './audit-words.js';
import { useAudit } from './use-audit.js';

interface AuditTrailProps {
  search: AuditSearch;
  /** Only what this account did; not given: all one may see. */
  onlyBy?: string;
  onSearch: (patch: Partial<AuditSearch>) => void;
}

const NO_FILTERS: Record<keyof AuditSearch, undefined> = {
  actor: undefined,
  action: undefined,
  jobId: undefined,
  range: undefined,
  from: undefined,
  to: undefined,
};
const NONE: ReadonlySet<string> = new Set();
/** Where who did it has no column of its own, it stands below what was done. */
const NARROW = '(max-width: 640px)';
const TWO_LINES = 48;

/** Who did what, newest first: all of it for administrators, for others what concerns their own. */
export function AuditTrail({ search, onlyBy, onSearch }: AuditTrailProps) {
  const audit = useAudit(onlyBy === undefined ? search : { ...search, actor: onlyBy });
  const rows = useMemo(() => audit.data?.pages.flatMap(({ items }) => items) ?? [], [audit.data]);
  const [open, setOpen] = useState(NONE);
  const toggle = useCallback(({ id }: AuditEventDto) => setOpen((ids) => toggled(ids, id)), []);
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const columns = useMemo(
    () => auditColumns({ open, onToggle: toggle, isNarrow: isNarrow ?? false }),
    [open, toggle, isNarrow],
  );
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  const clear = () => onSearch(NO_FILTERS);
  return (
    <>
      <AuditFilters
        search={search}
        hasActor={onlyBy === undefined}
        onChange={onSearch}
        onClear={isFiltered ? clear : undefined}
      />
      {audit.error && audit.data && <StaleNotice error={audit.error} at={audit.dataUpdatedAt} />}
      {audit.error && !audit.data && (
        <ErrorState error={audit.error} onRetry={() => void audit.refetch()} isRetrying={audit.isFetching} />
      )}
      {audit.isPending && <SkeletonRows count={12} />}
      {audit.data && rows.length === 0 && <Nothing onClear={isFiltered ? clear : undefined} />}
      {rows.length > 0 && (
        <DataTable
          label="Audit log"
          rows={rows}
          columns={columns}
          idOf={({ id }) => id}
          nameOf={actorOf}
          onOpen={toggle}
          {...(isNarrow && { rowHeight: TWO_LINES })}
          detailOf={detailsOf(open)}
          onEnd={() => {
            if (audit.hasNextPage && !audit.isFetchingNextPage) void audit.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function detailsOf(open: ReadonlySet<string>) {
  return (event: AuditEventDto) => open.has(event.id) && <AuditDetail event={event} />;
}

function Nothing({ onClear }: { onClear: (() => void) | undefined }) {
  if (onClear) {
    return (
      <EmptyState
        icon={<IconSearchOff size={28} />}
        title="Nothing matches"
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        Entries are kept for as long as the installation is told to.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconFileSearch size={28} />} title="Nothing on record yet">
      Every change and every sign-in is kept here.
    </EmptyState>
  );
}
