import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { CalendarDto } from '#client';
import { dataOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { describeError } from '../../../api/describe-error.js';
import { Card } from '../../../components/card.js';
import { PageHeader } from '../../../components/page-header.js';
import { useCalendarsChanged } from '../calendars-queries.js';
import { type IcsGiven, IcsInput } from '../import/ics-input.js';
import { DEFAULT_SOURCE, importIcs } from '../import/import-ics.js';
import { ImportReport } from '../import/import-report.js';
import { CalendarForm } from './calendar-form.js';
import { type CalendarValues, emptyValues, requestOf } from './form-values.js';

/** Makes a calendar, from days and hours, from a file, or from both. */
export default function NewCalendarPage() {
  const navigate = useNavigate();
  const show = (calendarId: string) => navigate({ to: '/calendars/$calendarId', params: { calendarId } });
  const changed = useCalendarsChanged();
  const isSaved = useRef(false);
  const [initial] = useState(emptyValues);
  const [file, setFile] = useState<IcsGiven>({ ics: '', source: DEFAULT_SOURCE });
  // Made already, though its file was refused: what is tried again is the file.
  const [made, setMade] = useState<CalendarDto>();
  const save = useMutation({
    mutationFn: async (values: CalendarValues) => {
      const body = requestOf(values);
      const calendar = made
        ? await dataOf(api.PATCH('/api/v1/calendars/{id}', { params: { path: { id: made.id } }, body }))
        : await dataOf(api.POST('/api/v1/calendars', { body }));
      setMade(calendar);
      const report = file.ics.trim() === '' ? undefined : await importIcs(calendar.id, file);
      return { calendar, report };
    },
    onSuccess: async ({ calendar, report }) => {
      isSaved.current = true;
      await changed();
      if (!report) await show(calendar.id);
    },
  });
  const report = save.data?.report;
  const icsFault = save.error && describeError(save.error).fields.find(({ field }) => field === 'ics');
  return (
    <>
      <PageHeader title="New calendar" crumbs={[{ label: 'Calendars', to: '/calendars' }]} />
      <CalendarForm
        initial={initial}
        action="Create the calendar"
        error={save.error}
        isSaving={save.isPending}
        isSaved={isSaved}
        onSave={(values) => save.mutate(values)}
        onCancel={() => void (made ? show(made.id) : navigate({ to: '/calendars' }))}
      >
        <Card title="From an iCalendar file">
          <IcsInput value={file} onChange={setFile} error={icsFault?.message} />
        </Card>
        {made && save.error && (
          <Text size="sm">The calendar is there already; what failed is the import of its file.</Text>
        )}
      </CalendarForm>
      {report && (
        <Modal opened onClose={() => void show(report.calendar.id)} title="Imported" size="lg">
          <Stack gap="md">
            <ImportReport report={report} />
            <Group justify="flex-end">
              <Button onClick={() => void show(report.calendar.id)} data-autofocus>
                Show the calendar
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </>
  );
}
