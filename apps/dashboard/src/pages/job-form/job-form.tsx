import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { FormError } from '../../components/form-error.js';
import { LeaveGuard } from '../../components/leave-guard.js';
import { PageHeader } from '../../components/page-header.js';
import { useKeys } from '../../shell/keys.js';
import type { Crumb } from '../../shell/page-store.js';
import { CopyMenu } from './copy-menu.js';
import { FaultSummary } from './fault-summary.js';
import { FormSections } from './form-sections.js';
import classes from './job-form.module.css';
import type { FormValues } from './model/form-values.js';
import { stable } from './model/json-text.js';
import { isPeriodic } from './model/to-request.js';
import { NextRunsCard } from './next-runs.js';
import { SaveDialogs } from './save-dialogs.js';
import type { Origin } from './save-job.js';
import { useJobForm } from './use-job-form.js';
import { useNextRuns } from './use-next-runs.js';
import { useSubmit } from './use-submit.js';
import { WhatIf } from './what-if.js';

interface JobFormProps {
  origin: Origin;
  initial: FormValues;
  title: string;
  crumbs: Crumb[];
  saveLabel: string;
  /** Above the form. */
  notice?: ReactNode;
}

/** The form of a job: what it is, when it runs, what becomes of its runs; saved at once, or after a look at what changes. */
export function JobForm({ origin, initial, title, crumbs, saveLabel, notice }: JobFormProps) {
  const form = useJobForm(initial);
  const { values, faults, check, blame } = form;
  const edited = origin.kind === 'edit' ? origin.job : undefined;
  const runs = useNextRuns(values.schedule, edited?.id);
  const navigate = useNavigate();
  const isNarrow = useMediaQuery('(max-width: 1100px)') ?? false;
  const place = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);

  const focusSummary = () => requestAnimationFrame(() => summary.current?.focus());
  const checked = () => {
    const request = check();
    if (!request) focusSummary();
    return request;
  };
  const submission = useSubmit({
    origin,
    check: checked,
    onFaults: (found) => {
      blame(found);
      focusSummary();
    },
  });
  const { submit, isSaving, isSaved, error, reviewed, conflicting } = submission;
  useKeys('This form', [
    { keys: 'mod+enter', label: 'Save', run: submit, inFields: true },
    { keys: 'mod+s', label: 'Save', run: submit, inFields: true },
  ]);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('[data-field="name"]')?.focus({ preventScroll: true });
  }, []);

  const isChanged = useMemo(() => stable(values) !== stable(initial), [values, initial]);
  const isDirty = useCallback(() => isChanged && !isSaved.current, [isChanged, isSaved]);
  const faultOf = useCallback((field: string) => faults[field] ?? runs.faults[field], [faults, runs.faults]);
  const nextRuns = <NextRunsCard schedule={values.schedule} runs={runs} />;
  const whatIf = isPeriodic(values.schedule) && <WhatIf jobId={edited?.id} values={values} />;

  return (
    <>
      <PageHeader title={title} crumbs={crumbs} actions={<CopyMenu check={checked} jobId={edited?.id} />} />
      <LeaveGuard isDirty={isDirty} />
      <form
        ref={place}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={classes.layout}>
          <div className={classes.sections}>
            {notice}
            {Object.keys(faults).length > 0 && <FaultSummary ref={summary} faults={faults} />}
            <FormSections
              form={form}
              faultOf={faultOf}
              job={origin.kind === 'new' ? undefined : origin.job}
              nextRuns={isNarrow && nextRuns}
            />
            {isNarrow && whatIf}
            {error && !reviewed && !conflicting && <FormError error={error} />}
          </div>
          {!isNarrow && (
            <aside className={classes.aside} aria-label="What it would do">
              {nextRuns}
              {whatIf}
            </aside>
          )}
        </div>
        <div className={classes.bar}>
          <span className={classes.state}>{isChanged ? 'Not saved yet' : ''}</span>
          <Button variant="default" onClick={() => void navigate({ to: crumbs.at(-1)?.to ?? '/jobs' })}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving} disabled={edited !== undefined && !isChanged}>
            {saveLabel}
          </Button>
        </div>
      </form>
      <SaveDialogs origin={origin} submission={submission} />
    </>
  );
}
