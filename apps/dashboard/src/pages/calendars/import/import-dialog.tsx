import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CalendarDto } from '#client';
import { describeError } from '../../../api/describe-error.js';
import { FormError } from '../../../components/form-error.js';
import { useCalendarsChanged } from '../calendars-queries.js';
import { type IcsGiven, IcsInput } from './ics-input.js';
import { DEFAULT_SOURCE, importIcs } from './import-ics.js';
import { ImportReport } from './import-report.js';

/** Takes events of an iCalendar file into a calendar, and tells what was taken. */
export default function ImportDialog({ calendar, onClose }: { calendar: CalendarDto; onClose: () => void }) {
  const [given, setGiven] = useState<IcsGiven>({
    ics: '',
    source: calendar.imports[0]?.source ?? DEFAULT_SOURCE,
  });
  const changed = useCalendarsChanged();
  const importing = useMutation({
    mutationFn: () => importIcs(calendar.id, given),
    onSuccess: () => changed(),
  });
  const fault = importing.error && describeError(importing.error).fields.find(({ field }) => field === 'ics');
  return (
    <Modal opened onClose={onClose} title={`Import into ${calendar.name}`} size="lg">
      {importing.data ? (
        <Stack gap="md">
          <ImportReport report={importing.data} />
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              Done
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            importing.mutate();
          }}
        >
          <Stack gap="md">
            <IcsInput value={given} onChange={setGiven} error={fault?.message} />
            {importing.error && !fault && <FormError error={importing.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={importing.isPending} disabled={given.ics.trim() === ''}>
                Import
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
