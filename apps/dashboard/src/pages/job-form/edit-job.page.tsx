import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { JobDto } from '#client';
import { useJob } from '../../api/use-job.js';
import { Loaded } from '../../components/loaded.js';
import { PageSkeleton } from '../../components/page-skeleton.js';
import { JobForm } from './job-form.js';
import { fromJob } from './model/from-job.js';

const route = getRouteApi('/shell/jobs/$jobId/edit');

export default function EditJobPage() {
  const { jobId } = route.useParams();
  const query = useJob(jobId);
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(job) => <EditJob key={job.id} newest={job} />}
    </Loaded>
  );
}

/** What others do to the job meanwhile must not change what is typed here: it is told of when it is saved. */
function EditJob({ newest }: { newest: JobDto }) {
  const [job, setJob] = useState(newest);
  const initial = useMemo(() => fromJob(job), [job]);
  const origin = useMemo(() => ({ kind: 'edit' as const, job, onReload: setJob }), [job]);
  return (
    <JobForm
      // Begun anew with each version that is taken over.
      key={job.version}
      origin={origin}
      initial={initial}
      title={`Edit ${job.name}`}
      crumbs={[
        { label: 'Jobs', to: '/jobs' },
        { label: job.name, to: `/jobs/${job.id}` },
      ]}
      saveLabel="Review and save"
      notice={<Notice job={job} newest={newest} />}
    />
  );
}

/** What to know before one begins to type. */
function Notice({ job, newest }: { job: JobDto; newest: JobDto }) {
  const icon = <IconInfoCircle size={18} />;
  if (newest.status === 'cancelled') {
    return (
      <Alert color="gray" icon={icon} title="This job was cancelled for good">
        It cannot be changed.{' '}
        <Link to="/jobs/new" search={{ clone: job.id }}>
          Make a copy
        </Link>{' '}
        instead.
      </Alert>
    );
  }
  if (newest.version === job.version) return null;
  return (
    <Alert color="gray" icon={icon} title="This job has changed since you opened it">
      When you save, you are shown what changed and choose.
    </Alert>
  );
}
