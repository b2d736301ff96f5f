import { Link } from '@tanstack/react-router';
import type { CalendarDto } from '#client';
import type { Column } from '../../components/data-table.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Time } from '../../components/time.js';
import { zoneName } from '../../time/zone.js';
import classes from './calendars.module.css';
import { rulesInWords } from './rules-in-words.js';

export function OpenBadge({ isClosed, isPlain = false }: { isClosed: boolean; isPlain?: boolean }) {
  return (
    <StatusBadge
      kind={isClosed ? 'skipped' : 'active'}
      word={isClosed ? 'Closed' : 'Open'}
      isPlain={isPlain}
    />
  );
}

/** `until 6 Dec, 06:00` while it is closed, else when it closes next. */
export function NextClosure({ calendar: { isClosed, closure, timezone } }: { calendar: CalendarDto }) {
  if (closure === null) return <span className={classes.faint}>never closed</span>;
  return isClosed ? (
    <>
      until <Time at={closure.to} zone={timezone} />
    </>
  ) : (
    <>
      closes <Time at={closure.from} zone={timezone} />
    </>
  );
}

export const CALENDAR_COLUMNS: Column<CalendarDto>[] = [
  {
    id: 'state',
    header: 'Now',
    width: '96px',
    cell: ({ isClosed }) => <OpenBadge isClosed={isClosed} isPlain />,
  },
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(140px, 2fr)',
    cell: ({ id, name, shared }) => (
      <span className={classes.name}>
        <Link to="/calendars/$calendarId" params={{ calendarId: id }} className={classes.link}>
          {name}
        </Link>
        {shared && <span className={classes.tag}>shared</span>}
      </span>
    ),
  },
  {
    id: 'next',
    header: 'Next change',
    width: 'minmax(136px, 1fr)',
    cell: (calendar) => <NextClosure calendar={calendar} />,
  },
  {
    id: 'rules',
    header: 'Closed by',
    width: 'minmax(160px, 1.5fr)',
    minTableWidth: 720,
    cell: (calendar) => rulesInWords(calendar),
  },
  {
    id: 'zone',
    header: 'Zone',
    width: '140px',
    minTableWidth: 860,
    cell: ({ timezone }) => <span data-hint={timezone}>{zoneName(timezone)}</span>,
  },
];
