import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, useSyncExternalStore } from 'react';
import { DataTable } from '../../components/data-table.js';
import { ErrorState } from '../../components/error-state.js';
import { Loaded } from '../../components/loaded.js';
import { PageHeader } from '../../components/page-header.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { useSetSearch } from '../../shell/search-params.js';
import classes from './executions.module.css';
import type { ExecutionsSearch } from './executions-search.js';
import { NoRuns } from './no-runs.js';
import { RetrySelected } from './retry-selected.js';
import { RUN_COLUMNS } from './run-columns.js';
import { RunFilters } from './run-filters.js';
import { useHeldRuns } from './use-held-runs.js';
import { useRuns } from './use-runs.js';

const route = getRouteApi('/shell/executions');

export default function ExecutionsPage() {
  const search = route.useSearch();
  const setSearch = useSetSearch<ExecutionsSearch>();
  return (
    <>
      <PageHeader title="Executions">What ran, and what should have run and did not.</PageHeader>
      <RunFilters search={search} onChange={setSearch} />
      {/* Other filters, another list: nothing held or selected in the one before concerns it. */}
      <Runs key={JSON.stringify(search)} search={search} onChange={setSearch} />
    </>
  );
}

interface RunsProps {
  search: ExecutionsSearch;
  onChange: (patch: Partial<ExecutionsSearch>) => void;
}

function Runs({ search, onChange }: RunsProps) {
  const runs = useRuns(search);
  const { query } = runs;
  return (
    <section className={classes.card} aria-label="Runs">
      <Loaded query={query} skeleton={<SkeletonRows count={12} />}>
        {({ items, meta }) =>
          items.length === 0 ? (
            <NoRuns search={search} onChange={onChange} />
          ) : (
            <RunTable items={items} total={meta.total} runs={runs} />
          )
        }
      </Loaded>
    </section>
  );
}

type RunsState = ReturnType<typeof useRuns>;

interface RunTableProps {
  items: NonNullable<RunsState['query']['data']>['items'];
  total: number;
  runs: RunsState;
}

function RunTable({ items, total, runs }: RunTableProps) {
  const navigate = useNavigate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isHovered, setHovered] = useState(false);
  const isScrolled = useIsScrolled();
  const { shown, newCount, release } = useHeldRuns(items, isHovered || isScrolled || selected.size > 0);
  const chosen = shown.filter(({ id }) => selected.has(id));
  const showNew = () => {
    release();
    scrollTo({ top: 0 });
  };
  return (
    <div onPointerEnter={() => setHovered(true)} onPointerLeave={() => setHovered(false)}>
      {newCount > 0 && (
        <div className={classes.fresh}>
          <button type="button" onClick={showNew}>
            {newCount === 1 ? '1 new run' : `${newCount} new runs`}
          </button>
        </div>
      )}
      <DataTable
        label="Runs"
        rows={shown}
        columns={RUN_COLUMNS}
        idOf={({ id }) => id}
        nameOf={({ jobName, scheduledFor }) => `${jobName}, ${scheduledFor}`}
        onOpen={({ id }) => void navigate({ to: '/executions/$executionId', params: { executionId: id } })}
        selection={{ ids: selected, onChange: setSelected }}
        onEnd={runs.olderError ? undefined : runs.readOlder}
      />
      <Foot shownCount={shown.length} total={total} runs={runs} />
      {chosen.length > 0 && <RetrySelected runs={chosen} onClear={() => setSelected(new Set())} />}
    </div>
  );
}

function Foot({ shownCount, total, runs }: { shownCount: number; total: number; runs: RunsState }) {
  const { hasOlder, olderError, isReadingOlder, readOlder } = runs;
  if (olderError) return <ErrorState error={olderError} onRetry={readOlder} isRetrying={isReadingOlder} />;
  if (isReadingOlder) return <SkeletonRows count={2} />;
  return (
    <div className={classes.foot}>
      {hasOlder ? (
        <>
          {shownCount.toLocaleString('en')} of {total.toLocaleString('en')} runs
          <Button size="compact-xs" variant="subtle" onClick={readOlder}>
            More
          </Button>
        </>
      ) : (
        <>{total === 1 ? '1 run' : `${total.toLocaleString('en')} runs`}</>
      )}
    </div>
  );
}

/** Far enough down that the first row may be out of sight. */
const SCROLLED_PX = 120;

function useIsScrolled(): boolean {
  return useSyncExternalStore(watchScroll, () => scrollY > SCROLLED_PX);
}

function watchScroll(watcher: () => void): () => void {
  addEventListener('scroll', watcher, { passive: true });
  return () => removeEventListener('scroll', watcher);
}
