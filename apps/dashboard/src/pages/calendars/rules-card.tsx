import { ActionIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CalendarDto, ClosedDatesDto } from '#client';
import { api } from '../../api/client.js';
import { Card } from '../../components/card.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { EmptyState } from '../../components/empty-state.js';
import { Time } from '../../components/time.js';
import { useCalendarsChanged } from './calendars-queries.js';
import classes from './calendars.module.css';
import { weeklyInWords } from './rules-in-words.js';

/** Its rules as they were given: hours of the week, dates, imports. */
export function RulesCard({ calendar, mayChange }: { calendar: CalendarDto; mayChange: boolean }) {
  const { id, dates, weekly, imports } = calendar;
  const [removing, setRemoving] = useState<string>();
  if (dates.length + weekly.length + imports.length === 0) {
    return (
      <Card title="Closed by" isFlush>
        <EmptyState title="Nothing closes it yet">
          {mayChange && (
            <Link to="/calendars/$calendarId/edit" params={{ calendarId: id }}>
              Add days or hours of the week
            </Link>
          )}
          {mayChange && ', or import an iCalendar file.'}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title="Closed by" isFlush>
      {weekly.length > 0 && (
        <>
          <h3 className={classes.kind}>Each week</h3>
          <ul className={classes.list}>
            {weekly.map((window) => (
              <li key={`${weeklyInWords(window)} ${window.label ?? ''}`} className={classes.row}>
                <span className={classes.what}>{weeklyInWords(window)}</span>
                <span className={classes.note}>{window.label}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {dates.length > 0 && (
        <>
          <h3 className={classes.kind}>Dates</h3>
          <ul className={classes.list}>
            {dates.map((range) => (
              <li key={`${range.from} ${range.to} ${range.label ?? ''}`} className={classes.row}>
                <span className={classes.what}>{datesInWords(range)}</span>
                <span className={classes.note}>{range.label}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {imports.length > 0 && (
        <>
          <h3 className={classes.kind}>Imported</h3>
          <ul className={classes.list}>
            {imports.map(({ source, events, importedAt }) => (
              <li key={source} className={classes.row}>
                <span className={classes.what}>{source}</span>
                <span className={classes.note}>
                  {events === 1 ? '1 closure' : `${events} closures`}, <Time at={importedAt} />
                </span>
                {mayChange && (
                  <ActionIcon
                    size={28}
                    aria-label={`Take out what came from ${source}`}
                    data-hint="Take it out"
                    onClick={() => setRemoving(source)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {removing !== undefined && (
        <RemoveImport calendar={calendar} source={removing} onClose={() => setRemoving(undefined)} />
      )}
    </Card>
  );
}

interface RemoveImportProps {
  calendar: CalendarDto;
  source: string;
  onClose: () => void;
}

function RemoveImport({ calendar: { id, version }, source, onClose }: RemoveImportProps) {
  const changed = useCalendarsChanged();
  return (
    <ConfirmDialog
      title={`Take out what came from ${source}`}
      confirmLabel="Take it out"
      isDangerous
      onConfirm={async () => {
        await api.DELETE('/api/v1/calendars/{id}/import', {
          params: { path: { id }, query: { source }, header: { 'If-Match': `"${version}"` } },
        });
        await changed();
        notifications.show({ message: `What came from ${source} is gone.` });
      }}
      onClose={onClose}
    >
      Jobs that name this calendar run at these times from now on. What was skipped until now stays skipped.
    </ConfirmDialog>
  );
}

const DATE = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `Tue 24 to Thu 26 Dec 2030` as the browser's words for ranges have it. */
function datesInWords({ from, to }: ClosedDatesDto): string {
  return DATE.formatRange(Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`));
}
