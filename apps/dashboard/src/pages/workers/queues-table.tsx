import { Link } from '@tanstack/react-router';
import type { HealthDto, JobType, SystemDto } from '#client';
import { Card } from '../../components/card.js';
import { formatCount } from '../../components/format-count.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Duration } from '../../components/time.js';
import { runs } from './worker-problems.js';
import classes from './workers.module.css';

interface QueuesTableProps {
  system: SystemDto;
  health: HealthDto | undefined;
}

/** How much waits for workers and for how long, by type, against how much they can run at once. */
export function QueuesTable({ system: { queues, workers }, health }: QueuesTableProps) {
  const alive = workers.filter(({ state }) => state === 'alive');
  const slots = (type: JobType) =>
    alive.filter((worker) => runs(worker, type)).reduce((sum, { concurrency }) => sum + concurrency, 0);
  return (
    <Card title="Queues" isFlush aside={health && <Backend health={health} />}>
      <table className={classes.queues}>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Waiting</th>
            <th scope="col">Oldest</th>
            <th scope="col">Running</th>
            <th scope="col">Slots</th>
          </tr>
        </thead>
        <tbody>
          {(Object.entries(queues) as [JobType, SystemDto['queues'][string]][]).map(([type, queue]) => (
            <tr key={type}>
              <th scope="row">
                <Link to="/executions" search={{ status: ['running', 'queued'], type }}>
                  {type}
                </Link>
              </th>
              <td>{formatCount(queue.waiting)}</td>
              <td>
                <Duration ms={queue.oldestWaitMs} />
              </td>
              <td>{formatCount(queue.active)}</td>
              <td>{formatCount(slots(type))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Backend({ health: { redis, queue } }: { health: HealthDto }) {
  const isUp = queue === 'up';
  return (
    <span className={classes.backend}>
      Delivered by {redis === 'disabled' ? 'PostgreSQL' : 'Redis'}
      <StatusBadge kind={isUp ? 'active' : 'failed'} word={isUp ? 'Up' : 'Down'} isPlain />
    </span>
  );
}
