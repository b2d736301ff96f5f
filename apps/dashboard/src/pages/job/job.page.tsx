import { Skeleton, Stack, Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { JobDto } from '#client';
import { useJob } from '../../api/use-job.js';
import { PageHeader } from '../../components/page-header.js';
import { ErrorState, StaleNotice } from '../../components/error-state.js';
import { PageSkeleton } from '../../components/page-skeleton.js';
import { JobBadge } from '../../components/status-badge.js';
import { LedgerPanel } from '../../ledger/ledger-panel.js';
import type { Pickable } from '../../ledger/pickable.js';
import { usePage } from '../../shell/page-store.js';
import { HeldNotice } from './held-notice.js';
import { JobActions } from './job-actions.js';
import { JobChain } from './job-chain.js';
import type { JobTab } from './job.route.js';
import { JobSummary } from './job-summary.js';
import { MomentDialog } from './moment-dialog.js';
import { useScheduleChanges } from './use-schedule-changes.js';

const route = getRouteApi('/shell/jobs/$jobId');

const TABS: Record<JobTab, { label: string; Content: React.ComponentType<{ job: JobDto }> }> = {
  runs: { label: 'Runs', Content: lazy(() => import('./runs-tab.js')) },
  upcoming: { label: 'Upcoming', Content: lazy(() => import('./upcoming-tab.js')) },
  logs: { label: 'Logs', Content: lazy(() => import('./logs-tab.js')) },
  stats: { label: 'Stats', Content: lazy(() => import('./stats-tab.js')) },
  settings: { label: 'Settings', Content: lazy(() => import('./settings-tab.js')) },
  changes: { label: 'Changes', Content: lazy(() => import('./changes-tab.js')) },
};

/** One job: how it stands, its ledger, and what can be done with it. */
export default function JobPage() {
  const { jobId } = route.useParams();
  const job = useJob(jobId);
  if (job.data) return <JobView job={job.data} error={job.error} readAt={job.dataUpdatedAt} />;
  if (job.error) return <NoJob error={job.error} onRetry={() => void job.refetch()} />;
  return <PageSkeleton />;
}

function NoJob({ error, onRetry }: { error: Error; onRetry: () => void }) {
  usePage({ title: 'Job', crumbs: [{ label: 'Jobs', to: '/jobs' }, { label: 'Job' }] });
  return <ErrorState error={error} onRetry={onRetry} />;
}

function JobView({ job, error, readAt }: { job: JobDto; error: Error | null; readAt: number }) {
  const { tab = 'runs', ...range } = route.useSearch();
  const navigate = useNavigate();
  const [picked, setPicked] = useState<Pickable>();
  const flags = useScheduleChanges(job.id);
  const { Content } = TABS[tab];

  const pick = (one: Pickable) => {
    const entry = one.kind === 'mark' ? one.mark.entry : undefined;
    const hasRun = entry?.kind === 'execution' && entry.status !== 'missed' && entry.status !== 'skipped';
    if (!hasRun) return setPicked(one);
    void navigate({ to: '/executions/$executionId', params: { executionId: entry.executionId } });
  };
  return (
    <Stack gap="lg">
      <PageHeader
        title={job.name}
        crumbs={[{ label: 'Jobs', to: '/jobs' }]}
        status={<JobBadge status={job.status} />}
        actions={<JobActions job={job} />}
      >
        <JobSummary job={job} />
        <JobChain job={job} />
      </PageHeader>
      {error && <StaleNotice error={error} at={readAt} />}
      <HeldNotice job={job} />
      <LedgerPanel
        job={job}
        search={range}
        onSearch={(search) =>
          void navigate({ to: '.', search: { ...search, ...(tab !== 'runs' && { tab }) }, replace: true })
        }
        flags={flags}
        onPick={pick}
      />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({
            to: '.',
            search: { ...range, tab: next as JobTab },
            replace: true,
            resetScroll: false,
          })
        }
      >
        <Tabs.List>
          {Object.entries(TABS).map(([name, { label }]) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="lg">
          <Suspense fallback={<Skeleton height={240} />}>
            <Content job={job} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      {picked && <MomentDialog job={job} picked={picked} onClose={() => setPicked(undefined)} />}
    </Stack>
  );
}
