import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ChronosApiError, type FieldFaultDto, type JobDto } from '#client';
import { keys } from '../../api/query-keys.js';
import type { JobRequest } from './model/to-request.js';
import { type Origin, useSaveJob } from './save-job.js';

interface SubmitOptions {
  origin: Origin;
  /** The request, or undefined where the form shows what is wrong. */
  check: () => JobRequest | undefined;
  /** Shows at its fields what the server found wrong. */
  onFaults: (faults: readonly FieldFaultDto[]) => void;
}

/** The way from a filled-in form to a stored job: a look at what an edit changes, a choice where somebody else was quicker. */
export function useSubmit({ origin, check, onFaults }: SubmitOptions) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const isSaved = useRef(false);
  const [reviewed, setReviewed] = useState<JobRequest>();
  const [conflicting, setConflicting] = useState<JobRequest>();
  const saveJob = useSaveJob(origin);
  const closeDialogs = () => {
    setReviewed(undefined);
    setConflicting(undefined);
  };
  const { mutate, reset, error, isPending } = useMutation({
    mutationFn: ({ request, version }: { request: JobRequest; version?: number }) =>
      saveJob(request, version),
    onSuccess: (job: JobDto) => {
      isSaved.current = true;
      void queryClient.invalidateQueries({ queryKey: keys.jobs.all() });
      void navigate({ to: '/jobs/$jobId', params: { jobId: job.id } });
    },
    onError: (failure, { request }) => {
      if (isCode(failure, 'VERSION_CONFLICT') && origin.kind === 'edit') {
        void queryClient.invalidateQueries({ queryKey: keys.jobs.one(origin.job.id) });
        setReviewed(undefined);
        setConflicting(request);
      } else if (isCode(failure, 'VALIDATION_FAILED')) {
        closeDialogs();
        onFaults(failure.details);
      }
    },
  });
  const submit = () => {
    if (isPending || reviewed || conflicting) return;
    const request = check();
    if (!request) return;
    reset();
    if (origin.kind === 'edit') setReviewed(request);
    else mutate({ request });
  };
  const isShownElsewhere = isCode(error, 'VALIDATION_FAILED') || isCode(error, 'VERSION_CONFLICT');
  return {
    submit,
    save: (request: JobRequest, version?: number) =>
      mutate({ request, ...(version !== undefined && { version }) }),
    isSaving: isPending,
    /** Holds from the moment at which it is stored, before anything is rendered anew. */
    isSaved,
    /** What is neither a fault of a field nor a conflict. */
    error: isShownElsewhere ? null : error,
    /** What is looked at before it is saved. */
    reviewed,
    /** What could not be saved since somebody else was quicker. */
    conflicting,
    closeDialogs,
  };
}

export type Submission = ReturnType<typeof useSubmit>;

function isCode(error: Error | null, code: ChronosApiError['code']): error is ChronosApiError {
  return error instanceof ChronosApiError && error.code === code;
}
