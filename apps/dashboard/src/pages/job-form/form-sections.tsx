import type { ReactNode } from 'react';
import { type FaultOf, sectionOf } from './model/faults.js';
import type { ParentValues } from './model/form-values.js';
import { isPeriodic } from './model/to-request.js';
import { BasicsSection } from './sections/basics-section.js';
import { BoundsSection } from './sections/bounds-section.js';
import { NotificationsSection } from './sections/notifications-section.js';
import { PayloadSection } from './sections/payload-section.js';
import { PoliciesSection } from './sections/policies-section.js';
import { RetriesSection } from './sections/retries-section.js';
import { ScheduleSection } from './sections/schedule-section.js';
import type { JobFormState } from './use-job-form.js';

interface FormSectionsProps {
  form: Pick<JobFormState, 'values' | 'change' | 'faults'>;
  faultOf: FaultOf;
  /** That is edited or copied. */
  job: { id: string; ownerId: string } | undefined;
  /** Within the schedule: the runs to come, where there is no room for them beside the form. */
  nextRuns: ReactNode;
}

/** All that can be said of a job; what most jobs leave as it is, is folded up and says what that is. */
export function FormSections({ form, faultOf, job, nextRuns }: FormSectionsProps) {
  const { values, change, faults } = form;
  const { schedule } = values;
  const isFaulty = (test: (field: string) => boolean) => Object.keys(faults).some(test);
  const inSection = (section: string) => isFaulty((field) => sectionOf(field) === section);
  return (
    <>
      <BasicsSection values={values.basics} onChange={change.basics} faultOf={faultOf} />
      <ScheduleSection values={schedule} onChange={change.schedule} faultOf={faultOf} job={job}>
        {nextRuns}
      </ScheduleSection>
      <PayloadSection
        values={values.payload}
        onChange={change.payload}
        faultOf={faultOf}
        ownerId={job?.ownerId}
        parents={schedule.scheduleType === 'chained' ? schedule.after : NO_PARENTS}
      />
      {isPeriodic(schedule) && (
        <BoundsSection
          values={schedule}
          onChange={change.schedule}
          faultOf={faultOf}
          hasFaults={isFaulty((field) => BOUNDS.has(field))}
        />
      )}
      <RetriesSection
        values={values.retries}
        onChange={change.retries}
        faultOf={faultOf}
        hasFaults={inSection('retries')}
      />
      <PoliciesSection
        values={values.policies}
        onChange={change.policies}
        faultOf={faultOf}
        hasFaults={inSection('policies')}
        scheduleType={schedule.scheduleType}
      />
      <NotificationsSection
        values={values.notifications}
        onChange={change.notifications}
        faultOf={faultOf}
        hasFaults={inSection('notifications')}
      />
    </>
  );
}

const NO_PARENTS: ParentValues[] = [];

/** Fields of the schedule that stand in a section of their own. */
const BOUNDS = new Set(['startsAt', 'endsAt', 'maxRuns', 'jitter', 'dstGap', 'dstOverlap']);
