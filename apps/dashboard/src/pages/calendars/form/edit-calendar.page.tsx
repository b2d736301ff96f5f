import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { type CalendarDto, ChronosApiError } from '#client';
import { dataOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { Loaded } from '../../../components/loaded.js';
import { PageHeader } from '../../../components/page-header.js';
import { PageSkeleton } from '../../../components/page-skeleton.js';
import { useCalendar, useCalendarsChanged, useJobsOf } from '../calendars-queries.js';
import { CalendarForm } from './calendar-form.js';
import { type CalendarValues, requestOf, valuesOf } from './form-values.js';

const route = getRouteApi('/shell/calendars/$calendarId/edit');

/** Changes a calendar; not over the change of somebody else. */
export default function EditCalendarPage() {
  const { calendarId } = route.useParams();
  const calendar = useCalendar(calendarId);
  const name = calendar.data?.name ?? 'a calendar';
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        crumbs={[
          { label: 'Calendars', to: '/calendars' },
          { label: name, to: `/calendars/${calendarId}` },
        ]}
      />
      <Loaded query={calendar} skeleton={<PageSkeleton />}>
        {(data) => <Edit latest={data} onReload={() => void calendar.refetch()} />}
      </Loaded>
    </>
  );
}

/** Goes on from the version it began with, whatever is read meanwhile. */
function Edit({ latest, onReload }: { latest: CalendarDto; onReload: () => void }) {
  const isSaved = useRef(false);
  const [began, setBegan] = useState(latest);
  const initial = useMemo(() => valuesOf(began), [began]);
  const navigate = useNavigate();
  const changed = useCalendarsChanged();
  const jobs = useJobsOf(began.id).data?.meta.total;
  const back = () => navigate({ to: '/calendars/$calendarId', params: { calendarId: began.id } });
  const save = useMutation({
    mutationFn: (values: CalendarValues) =>
      dataOf(
        api.PATCH('/api/v1/calendars/{id}', {
          params: { path: { id: began.id } },
          body: { ...requestOf(values), version: began.version },
        }),
      ),
    onSuccess: async () => {
      isSaved.current = true;
      await changed();
      notifications.show({ message: 'Saved. It holds for all times from now on.' });
      await back();
    },
    onError: (error) => {
      if (isConflict(error)) onReload();
    },
  });
  return (
    <CalendarForm
      key={began.version}
      initial={initial}
      action="Save"
      error={save.error}
      isSaving={save.isPending}
      isSaved={isSaved}
      onSave={(values) => save.mutate(values)}
      onCancel={() => void back()}
      remedy={
        isConflict(save.error) &&
        latest.version !== began.version && (
          <Button
            variant="default"
            onClick={() => {
              save.reset();
              setBegan(latest);
            }}
          >
            Begin again from how it is now; what you changed here is lost
          </Button>
        )
      }
    >
      {jobs !== undefined && (
        <Text size="sm" c="dimmed">
          {jobs === 0
            ? 'No job names it yet, so nothing runs at other times than before.'
            : `${jobs === 1 ? 'One job names' : `${jobs} jobs name`} it. Times from now on are judged anew, also what is planned already; what was skipped stays skipped.`}
        </Text>
      )}
    </CalendarForm>
  );
}

function isConflict(error: Error | null): boolean {
  return error instanceof ChronosApiError && error.code === 'VERSION_CONFLICT';
}
