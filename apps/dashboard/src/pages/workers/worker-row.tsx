import { Link } from '@tanstack/react-router';
import type { NamedExecutionDto, WorkerDto } from '#client';
import { formatCount } from '../../components/format-count.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Elapsed, RelativeTime } from '../../components/time.js';
import classes from './workers.module.css';

const SHOWN_RUNS = 3;
const ROLES = { execute: 'runs jobs', plan: 'plans', notify: 'sends notifications' } as const;

interface WorkerRowProps {
  worker: WorkerDto;
  /** What it runs, as far as it is known which; it may hold more. */
  runs: NamedExecutionDto[];
}

/** A worker process: whether it lives, what it may do, how full it is, and with what. */
export function WorkerRow({ worker, runs }: WorkerRowProps) {
  const { host, pid, state, version, roles, startedAt, heartbeatAt } = worker;
  return (
    <li className={classes.worker} aria-label={`${host} (${pid})`}>
      <div className={classes.who}>
        <div className={classes.name}>
          <h3 className={classes.host}>{host}</h3>
          <span className={classes.pid}>{pid}</span>
          <StatusBadge
            kind={state === 'alive' ? 'active' : 'missed'}
            word={state === 'alive' ? 'Alive' : 'Silent'}
            isPlain
          />
        </div>
        <dl className={classes.facts}>
          <div>
            <dt>Heard</dt>
            <dd>
              <RelativeTime at={heartbeatAt} />
            </dd>
          </div>
          <div>
            <dt>Up for</dt>
            <dd>
              <Elapsed since={startedAt} />
            </dd>
          </div>
          <div>
            <dt>Version</dt>
            <dd>{version}</dd>
          </div>
          <div>
            <dt>Does</dt>
            <dd>{roles.map((role) => ROLES[role]).join(', ')}</dd>
          </div>
        </dl>
      </div>
      <Load worker={worker} />
      <Runs worker={worker} runs={runs} />
    </li>
  );
}

/** How many of each type it runs, of how many it may. */
function Load({ worker: { types, roles, concurrency, runningByType } }: { worker: WorkerDto }) {
  if (!roles.includes('execute')) return <p className={classes.none}>Runs no jobs.</p>;
  return (
    <ul className={classes.loads} aria-label="Load">
      {types.map((type) => {
        const running = runningByType[type] ?? 0;
        const share = Math.min(running / Math.max(concurrency, 1), 1);
        return (
          <li key={type} className={classes.load} data-full={share >= 1 || undefined}>
            <span>{type}</span>
            <span className={classes.bar} aria-hidden="true">
              <span style={{ width: `${share * 100}%` }} />
            </span>
            <span className={classes.of}>
              <strong>{formatCount(running)}</strong> of {formatCount(concurrency)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Runs({ worker: { roles, runningByType }, runs }: WorkerRowProps) {
  if (!roles.includes('execute')) return null;
  const held = Object.values(runningByType).reduce((sum, count) => sum + count, 0);
  const shown = runs.slice(0, SHOWN_RUNS);
  const more = Math.max(held, runs.length) - shown.length;
  if (shown.length === 0) {
    return <p className={classes.none}>{held === 0 ? 'Runs nothing at the moment.' : `Runs ${held}.`}</p>;
  }
  return (
    <ul className={classes.runs} aria-label="Runs now">
      {shown.map(({ id, jobName, startedAt }) => (
        <li key={id}>
          <Link to="/executions/$executionId" params={{ executionId: id }} className={classes.run}>
            {jobName}
          </Link>
          <span className={classes.elapsed}>
            <Elapsed since={startedAt} />
          </span>
        </li>
      ))}
      {more > 0 && (
        <li>
          <Link to="/executions" search={{ status: ['running'] }}>
            and {formatCount(more)} more
          </Link>
        </li>
      )}
    </ul>
  );
}
