import { Countdown } from '../../components/time.js';
import type { ParentValues } from './model/form-values.js';
import classes from './next-runs.module.css';
import { useParents } from './use-parents.js';

/** Of a job without times of its own: when those it runs after do. */
export function ParentRuns({ parents }: { parents: ParentValues[] }) {
  const jobs = useParents(parents.map(({ jobId }) => jobId));
  return (
    <>
      <p className={classes.hint}>It has no times of its own: it runs when the jobs before it are over.</p>
      <ul className={classes.runs}>
        {[...jobs.values()].map(({ id, name, nextRunAt, timezone, scheduleType }) => (
          <li key={id} className={classes.run}>
            <span className={classes.times}>{name}</span>
            <span className={classes.away}>
              {nextRunAt === null ? (
                scheduleType === 'chained' ? (
                  'after others'
                ) : (
                  'no run planned'
                )
              ) : (
                <Countdown to={nextRunAt} zone={timezone} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
