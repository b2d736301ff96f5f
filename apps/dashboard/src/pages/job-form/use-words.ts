import { CONDITIONS } from '../../components/chain-conditions.js';
import { inWords } from './model/in-words.js';
import type { JobRequest } from './model/to-request.js';
import { useCalendarChoices } from './use-calendar-choices.js';
import { useParents } from './use-parents.js';

/** Says the values of fields for people: jobs and calendars by name, as far as they can be read. */
export function useWords(...jobs: JobRequest[]): (field: string, value: unknown) => string {
  const parents = useParents(jobs.flatMap(({ after = [] }) => after.map(({ jobId }) => jobId)));
  const calendars = useCalendarChoices();
  return (field, value) => {
    if (!Array.isArray(value) || value.length === 0) return inWords(field, value);
    if (field === 'after') {
      return (value as NonNullable<JobRequest['after']>)
        .map(({ jobId, on = 'completed' }) => `${parents.get(jobId)?.name ?? jobId} ${CONDITIONS[on]}`)
        .join('\n');
    }
    if (field === 'calendars') {
      return (value as string[])
        .map((id) => calendars.find((calendar) => calendar.id === id)?.name ?? id)
        .join('\n');
    }
    return inWords(field, value);
  };
}
