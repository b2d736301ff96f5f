import { Button, Group } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { CatchupDto } from '#client';
import { DataTable } from '../../../components/data-table.js';
import { EmptyState } from '../../../components/empty-state.js';
import { Loaded } from '../../../components/loaded.js';
import { PageHeader } from '../../../components/page-header.js';
import { SkeletonRows } from '../../../components/skeleton-rows.js';
import { catchUpColumns } from './catch-up-columns.js';
import classes from './catch-up.module.css';
import { DropDialog, ReleaseDialog } from './decision-dialogs.js';
import { useCatchUp } from './use-catch-up.js';
import { allOf, oneOf, type Subject } from './words.js';

const route = getRouteApi('/shell/admin/catch-up');

interface Open {
  Dialog: typeof ReleaseDialog;
  subject: Subject;
}

/** What jobs missed in an outage and nobody has decided about: whether it still runs, by job or all at once. */
export default function CatchUpPage() {
  const { jobId } = route.useSearch();
  const waiting = useCatchUp(jobId);
  const [open, setOpen] = useState<Open>();
  const total = waiting.data?.pages[0]?.meta.total ?? 0;
  const rows = useMemo(() => waiting.data?.pages.flatMap(({ items }) => items) ?? [], [waiting.data]);
  const askAll = (Dialog: Open['Dialog']) => setOpen({ Dialog, subject: allOf(rows, total) });
  return (
    <>
      <PageHeader
        title="Catch-up"
        crumbs={[{ label: 'Admin', to: '/admin' }]}
        actions={
          rows.length > 0 &&
          jobId === undefined && (
            <Group gap="sm">
              <Button variant="outline" color="danger" onClick={() => askAll(DropDialog)}>
                Drop all
              </Button>
              <Button onClick={() => askAll(ReleaseDialog)}>Release all</Button>
            </Group>
          )
        }
      >
        What jobs missed in a long outage waits here. What comes due now runs on time.
      </PageHeader>
      {jobId !== undefined && (
        <p className={classes.filter}>
          One job is shown. <Link to="/admin/catch-up">Show all that wait</Link>
        </p>
      )}
      <section className={classes.card} aria-label="Jobs that wait">
        <Loaded query={waiting} skeleton={<SkeletonRows count={6} />}>
          {() =>
            rows.length === 0 ? (
              <NothingWaits isOfOne={jobId !== undefined} />
            ) : (
              <WaitingJobs
                rows={rows}
                onAsk={setOpen}
                onEnd={() => {
                  if (waiting.hasNextPage && !waiting.isFetchingNextPage) void waiting.fetchNextPage();
                }}
              />
            )
          }
        </Loaded>
      </section>
      {open && <open.Dialog subject={open.subject} onClose={() => setOpen(undefined)} />}
    </>
  );
}

interface WaitingJobsProps {
  rows: CatchupDto[];
  onAsk: (open: Open) => void;
  onEnd: () => void;
}

function WaitingJobs({ rows, onAsk, onEnd }: WaitingJobsProps) {
  const columns = useMemo(
    () =>
      catchUpColumns({
        release: (row) => onAsk({ Dialog: ReleaseDialog, subject: oneOf(row) }),
        drop: (row) => onAsk({ Dialog: DropDialog, subject: oneOf(row) }),
      }),
    [onAsk],
  );
  return (
    <DataTable
      label="Jobs that wait"
      rows={rows}
      columns={columns}
      idOf={({ reviewId }) => reviewId}
      nameOf={({ jobName }) => jobName}
      onEnd={onEnd}
    />
  );
}

function NothingWaits({ isOfOne }: { isOfOne: boolean }) {
  if (isOfOne) {
    return (
      <EmptyState icon={<IconCircleCheck size={28} />} title="Nothing of this job waits for a decision">
        It was decided about, or there is no such job.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconCircleCheck size={28} />} title="Nothing waits for a decision">
      With CATCHUP_REVIEW_AFTER_MS set on the workers, what jobs missed in a longer outage waits here instead
      of running as soon as a worker is back.
    </EmptyState>
  );
}
