import { Link } from '@tanstack/react-router';
import type { UpcomingRunDto } from '#client';
import { EmptyState } from '../../components/empty-state.js';
import { Countdown, Time } from '../../components/time.js';
import { usePreference } from '../../shell/preferences.js';
import { offsetName } from '../../time/format-time.js';
import { zoneFor, zoneName } from '../../time/zone.js';
import classes from './run-list.module.css';

/** The runs to come, soonest first: in how long, and when by the clock. */
export function UpNext({ upcoming }: { upcoming: UpcomingRunDto[] }) {
  if (upcoming.length === 0) {
    return (
      <EmptyState title="Nothing is scheduled">
        No active job has a time to run at. Jobs that are paused or over have none.
      </EmptyState>
    );
  }
  return (
    <ul className={classes.list}>
      {upcoming.slice(0, 8).map(({ jobId, name, type, timezone, nextRunAt }) => (
        <li key={jobId} className={classes.row}>
          <div className={classes.main}>
            <Link to="/jobs/$jobId" params={{ jobId }} className={classes.name}>
              {name}
            </Link>
            <span className={classes.note}>{type}</span>
          </div>
          <div className={classes.when}>
            <div>
              <Countdown to={nextRunAt} zone={timezone} due="due now" />
            </div>
            <div>
              <Time at={nextRunAt} zone={timezone} format="seconds" />{' '}
              <ZoneOf zone={timezone} at={nextRunAt} />
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Whose clock the time beside it is by. */
function ZoneOf({ zone, at }: { zone: string; at: string }) {
  const [choice] = usePreference('zone');
  const shown = zoneFor(choice, zone);
  return <span>{choice === 'job' ? zoneName(shown) : offsetName(Date.parse(at), shown)}</span>;
}
