import { Alert } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { JobDto } from '#client';
import { useJob } from '../../api/use-job.js';
import { Loaded } from '../../components/loaded.js';
import { PageSkeleton } from '../../components/page-skeleton.js';
import { VIEWER_ZONE } from '../../time/zone.js';
import { JobForm } from './job-form.js';
import type { FormValues } from './model/form-values.js';
import { fromJob } from './model/from-job.js';
import { newValues } from './model/new-values.js';

const route = getRouteApi('/shell/jobs/new');
const CRUMBS = [{ label: 'Jobs', to: '/jobs' }];

export default function NewJobPage() {
  const { clone } = route.useSearch();
  return clone === undefined ? <NewJob /> : <Clone key={clone} jobId={clone} />;
}

function NewJob() {
  const initial = useMemo(() => newValues(VIEWER_ZONE), []);
  return (
    <JobForm
      origin={{ kind: 'new' }}
      initial={initial}
      title="New job"
      crumbs={CRUMBS}
      saveLabel="Create job"
    />
  );
}

function Clone({ jobId }: { jobId: string }) {
  const query = useJob(jobId);
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(job) => <CloneForm job={job} />}
    </Loaded>
  );
}

function CloneForm({ job }: { job: JobDto }) {
  // What others do to the original meanwhile must not change what is typed here.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const [original, initial] = useMemo(() => [job, copyOf(job)] as const, [job.id]);
  return (
    <JobForm
      origin={{ kind: 'clone', job: original }}
      initial={initial}
      title={`Copy of ${original.name}`}
      crumbs={CRUMBS}
      saveLabel="Create paused copy"
      notice={
        <Alert color="gray" icon={<IconCopy size={18} />} title="A copy starts paused">
          Resume it when it is as it should be. Its secrets are kept.
        </Alert>
      }
    />
  );
}

const COPY = ' (copy)';

function copyOf(job: JobDto): FormValues {
  const values = fromJob(job);
  const name = `${job.name.slice(0, 200 - COPY.length)}${COPY}`;
  return { ...values, basics: { ...values.basics, name } };
}
