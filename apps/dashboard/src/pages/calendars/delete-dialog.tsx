import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CalendarDto, JobDto } from '#client';
import { pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Loaded } from '../../components/loaded.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { useCalendarsChanged, useJobsOf } from './calendars-queries.js';
import classes from './calendars.module.css';

const SHOWN = 5;
const PAGE = 100;

/** Deletes a calendar, and says before what changes for the jobs that name it: they are told to do without it first. */
export default function DeleteDialog({ calendar, onClose }: { calendar: CalendarDto; onClose: () => void }) {
  const { id, name } = calendar;
  const jobs = useJobsOf(id);
  const changed = useCalendarsChanged();
  const navigate = useNavigate();
  const [done, setDone] = useState(0);
  const total = jobs.data?.meta.total ?? 0;

  const remove = async () => {
    await takeOutOfJobs(id, () => setDone((before) => before + 1));
    await api.DELETE('/api/v1/calendars/{id}', { params: { path: { id } } });
    await navigate({ to: '/calendars' });
    await changed();
    notifications.show({ message: `${name} is gone.` });
  };
  return (
    <ConfirmDialog
      title={`Delete ${name}`}
      confirmLabel={total > 0 ? 'Take it out and delete' : 'Delete'}
      isDangerous
      onConfirm={remove}
      onClose={onClose}
    >
      <div className={classes.dialog}>
        <Loaded query={jobs} skeleton={<SkeletonRows count={2} />}>
          {({ items }) =>
            total === 0 ? (
              <p>No job names it, so nothing runs at other times than before.</p>
            ) : (
              <>
                <p>
                  {total === 1 ? 'This job runs' : `These ${total} jobs run`} at the times it closes from now
                  on, as soon as it is taken out of {total === 1 ? 'it' : 'them'}:
                </p>
                <ul className={classes.lines}>
                  {items.slice(0, SHOWN).map((job) => (
                    <li key={job.id}>{job.name}</li>
                  ))}
                  {total > SHOWN && <li>and {total - SHOWN} more</li>}
                </ul>
              </>
            )
          }
        </Loaded>
        <p>
          What it closed until now stays in the ledgers, with the reason. A calendar cannot be brought back.
        </p>
        {done > 0 && (
          <p role="status">
            Taken out of {done} of {total}.
          </p>
        )}
      </div>
    </ConfirmDialog>
  );
}

/** One after the other, each only as it was read; stops at the first that is refused, and can be begun again. */
async function takeOutOfJobs(calendarId: string, onEach: () => void): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: { items: JobDto[]; meta: { nextCursor: string | null } } = await pageOf(
      api.GET('/api/v1/calendars/{id}/jobs', {
        params: { path: { id: calendarId }, query: { limit: PAGE, ...(cursor !== null && { cursor }) } },
      }),
    );
    for (const { id, calendars, version, status } of page.items) {
      // It never runs again, and cannot be changed either; it does not keep the calendar.
      if (status === 'cancelled') continue;
      await api.PATCH('/api/v1/jobs/{id}', {
        params: { path: { id } },
        body: { calendars: calendars.filter((one) => one !== calendarId), version },
      });
      onEach();
    }
    cursor = page.meta.nextCursor;
  } while (cursor !== null);
}
