import { Button, Group, Skeleton } from '@mantine/core';
import { IconFileImport, IconPencil, IconTrash } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { CalendarDto } from '#client';
import { ErrorState, StaleNotice } from '../../components/error-state.js';
import { Loaded } from '../../components/loaded.js';
import { PageHeader } from '../../components/page-header.js';
import { PageSkeleton } from '../../components/page-skeleton.js';
import { usePage } from '../../shell/page-store.js';
import { useUser } from '../../shell/use-session.js';
import { useToday } from '../../time/use-now.js';
import { NextClosure, OpenBadge } from './calendar-columns.js';
import { useCalendar, useWindows } from './calendars-queries.js';
import classes from './calendars.module.css';
import { closedDays } from './closed-days.js';
import { ClosuresCard } from './closures-card.js';
import { JobsCard } from './jobs-card.js';
import { RulesCard } from './rules-card.js';
import { YearView } from './year-view.js';

const route = getRouteApi('/shell/calendars/$calendarId');
const ImportDialog = lazy(() => import('./import/import-dialog.js'));
const DeleteDialog = lazy(() => import('./delete-dialog.js'));
const CRUMBS = [{ label: 'Calendars', to: '/calendars' }];

/** One calendar: when it is closed, by which rules, and which jobs heed it. */
export default function CalendarPage() {
  const { calendarId } = route.useParams();
  const calendar = useCalendar(calendarId);
  if (calendar.data) {
    return (
      <div className={classes.page}>
        <Head calendar={calendar.data} />
        {calendar.error && <StaleNotice error={calendar.error} at={calendar.dataUpdatedAt} />}
        <Closures calendar={calendar.data} />
      </div>
    );
  }
  if (calendar.error) {
    return <NoCalendar error={calendar.error} onRetry={() => void calendar.refetch()} />;
  }
  return <PageSkeleton />;
}

function NoCalendar({ error, onRetry }: { error: Error; onRetry: () => void }) {
  usePage({ title: 'Calendar', crumbs: [...CRUMBS, { label: 'Calendar' }] });
  return <ErrorState error={error} onRetry={onRetry} />;
}

function Head({ calendar }: { calendar: CalendarDto }) {
  const { id, name, description, shared, timezone } = calendar;
  const [dialog, setDialog] = useState<'import' | 'delete'>();
  const close = () => setDialog(undefined);
  const mayChange = useMayChange(calendar);
  return (
    <PageHeader
      title={name}
      crumbs={CRUMBS}
      status={
        <>
          <OpenBadge isClosed={calendar.isClosed} />
          {shared && <span className={classes.tag}>shared with everybody</span>}
        </>
      }
      actions={
        mayChange && (
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<IconTrash size={16} />}
              onClick={() => setDialog('delete')}
            >
              Delete
            </Button>
            <Button
              variant="default"
              leftSection={<IconFileImport size={16} />}
              onClick={() => setDialog('import')}
            >
              Import
            </Button>
            <Button
              leftSection={<IconPencil size={16} />}
              renderRoot={(props) => (
                <Link to="/calendars/$calendarId/edit" params={{ calendarId: id }} {...props} />
              )}
            >
              Edit
            </Button>
          </Group>
        )
      }
    >
      <div className={classes.sentence}>
        <NextClosure calendar={calendar} />, by the clocks of {timezone.replaceAll('_', ' ')}
        {!mayChange && '; only administrators change it'}.
      </div>
      {description !== null && <div>{description}</div>}
      <Suspense>
        {dialog === 'import' && <ImportDialog calendar={calendar} onClose={close} />}
        {dialog === 'delete' && <DeleteDialog calendar={calendar} onClose={close} />}
      </Suspense>
    </PageHeader>
  );
}

function Closures({ calendar }: { calendar: CalendarDto }) {
  const today = useToday(calendar.timezone);
  const { year = Number(today.slice(0, 4)) } = route.useSearch();
  const windows = useWindows(calendar.id, calendar.version, year);
  const days = useMemo(() => closedDays(windows.data ?? [], year), [windows.data, year]);
  return (
    <>
      <Loaded query={windows} skeleton={<Skeleton height={480} radius="lg" />}>
        {() => <YearView year={year} days={days} today={today} />}
      </Loaded>
      <div className={classes.pair}>
        <RulesCard calendar={calendar} mayChange={useMayChange(calendar)} />
        <JobsCard id={calendar.id} />
      </div>
      {windows.data && <ClosuresCard windows={windows.data} year={year} zone={calendar.timezone} />}
    </>
  );
}

/** Its owner may, and administrators; a shared one is theirs alone. */
function useMayChange({ ownerId, shared }: CalendarDto): boolean {
  const user = useUser();
  return user?.role === 'admin' || (user?.id === ownerId && !shared);
}
