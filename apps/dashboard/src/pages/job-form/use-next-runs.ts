import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChronosApiError, type OccurrenceDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { type Faults, faultsOf } from './model/faults.js';
import type { ScheduleValues } from './model/form-values.js';
import { hasAllTimes, scheduleOf } from './model/to-request.js';

export interface NextRuns {
  data: OccurrenceDto[] | undefined;
  error: Error | null;
  isFetching: boolean;
  /** What is shown answers an earlier question: the newest one is on its way. */
  isStale: boolean;
  /** Something is still to be filled in. */
  isWaiting: boolean;
  refetch: () => void;
  /** What the server says against the schedule, beside its fields. */
  faults: Faults;
}

const TYPING_MS = 250;
const COUNT = 10;
const NONE: Faults = {};

/** The next ten times of a schedule, asked for anew when it changes; `jobId`: of the job that is to have it. */
export function useNextRuns(schedule: ScheduleValues, jobId?: string): NextRuns {
  const question = questionOf(schedule, jobId);
  const text = JSON.stringify(question);
  const [asked] = useDebouncedValue(text, TYPING_MS);
  const body = asked === undefined ? undefined : (JSON.parse(asked) as NonNullable<typeof question>);
  const query = useQuery({
    queryKey: keys.schedules.preview(body ?? {}),
    queryFn: ({ signal }) =>
      body ? dataOf(api.POST('/api/v1/schedules/preview', { body, signal })) : Promise.resolve([]),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
    // Time goes by: the first one has run some day.
    refetchInterval: 60_000,
    refetchOnWindowFocus: false,
  });
  const { data, error, isFetching } = query;
  return {
    data: question ? data : undefined,
    error: question ? error : null,
    isFetching,
    isStale: query.isPlaceholderData || asked !== text,
    isWaiting: question === undefined,
    refetch: () => void query.refetch(),
    faults: question && isFaulty(error) ? faultsOf(error.details) : NONE,
  };
}

/** Does the answer blame the schedule? */
export function isFaulty(error: Error | null): error is ChronosApiError {
  return error instanceof ChronosApiError && error.code === 'VALIDATION_FAILED';
}

/** Undefined where there is nothing to ask yet. */
function questionOf(schedule: ScheduleValues, jobId: string | undefined) {
  const { scheduleType, scheduledAt, cronExpression, every, timezone, calendars, ...rest } =
    scheduleOf(schedule);
  const asked = { ...(jobId !== undefined && { jobId }), scheduleType, timezone, calendars, count: COUNT };
  switch (scheduleType) {
    case 'scheduled':
      return scheduledAt === undefined ? undefined : { ...asked, scheduledAt };
    case 'recurring':
    case 'interval': {
      const { dstGap, dstOverlap, startsAt, endsAt, maxRuns, jitter } = rest;
      const repeated = { cronExpression, every, dstGap, dstOverlap, startsAt, endsAt, maxRuns, jitter };
      return hasAllTimes(schedule) ? { ...asked, ...repeated } : undefined;
    }
    default:
      return undefined;
  }
}
