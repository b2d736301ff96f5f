import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SystemDto, WorkerDto } from '#client';
import { Card } from '../../components/card.js';
import { EmptyState } from '../../components/empty-state.js';
import { formatCount } from '../../components/format-count.js';
import { Loaded } from '../../components/loaded.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { StatusBadge } from '../../components/status-badge.js';
import { RelativeTime } from '../../components/time.js';
import listClasses from './run-list.module.css';
import classes from './system-card.module.css';

/** Workers with what they run, and how much waits for them; for administrators. */
export function SystemCard({ query }: { query: UseQueryResult<SystemDto> }) {
  return (
    <Card title="Workers and queues" isFlush aside={<Link to="/workers">All about them</Link>}>
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {({ workers, queues, throughput }) => (
          <div className={classes.parts}>
            {workers.length === 0 ? (
              <EmptyState title="No worker runs">
                What is due waits. Start one with <code>npm run worker</code>.
              </EmptyState>
            ) : (
              <ul className={listClasses.list}>
                {workers.slice(0, 6).map((worker) => (
                  <WorkerRow key={worker.id} worker={worker} />
                ))}
              </ul>
            )}
            <table className={classes.queues}>
              <caption className={classes.caption}>
                {throughput.perSecond.toFixed(1)} executions a second over the last minute
              </caption>
              <thead>
                <tr>
                  <th scope="col">Queue</th>
                  <th scope="col">Waiting</th>
                  <th scope="col">Running</th>
                </tr>
              </thead>
              <tbody>
                {Object.entries(queues).map(([type, { waiting, active }]) => (
                  <tr key={type}>
                    <th scope="row">{type}</th>
                    <td>{formatCount(waiting)}</td>
                    <td>{formatCount(active)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function WorkerRow({ worker }: { worker: WorkerDto }) {
  const { host, pid, running, concurrency, types, state, heartbeatAt } = worker;
  const slots = concurrency * types.length;
  return (
    <li className={listClasses.row}>
      <div className={listClasses.main}>
        <span className={listClasses.name}>
          {host} ({pid})
        </span>
        <span className={listClasses.note}>
          {formatCount(running)} of {formatCount(slots)} slots
        </span>
      </div>
      <div className={listClasses.when}>
        <StatusBadge
          kind={state === 'alive' ? 'active' : 'missed'}
          word={state === 'alive' ? 'Alive' : 'Silent'}
          isPlain
        />
        <div>
          heard <RelativeTime at={heartbeatAt} />
        </div>
      </div>
    </li>
  );
}
