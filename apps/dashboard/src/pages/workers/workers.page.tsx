import { IconLock } from '@tabler/icons-react';
import type { SystemDto, WorkerDto } from '#client';
import { Card } from '../../components/card.js';
import { EmptyState } from '../../components/empty-state.js';
import { type Figure, FigureList, FigureSkeleton } from '../../components/figure-list.js';
import { formatCount } from '../../components/format-count.js';
import { Loaded } from '../../components/loaded.js';
import { PageHeader } from '../../components/page-header.js';
import { useIsAdmin } from '../../shell/use-session.js';
import { formatDuration } from '../../time/format-duration.js';
import { NoWorkers } from './no-workers.js';
import { QueuesTable } from './queues-table.js';
import { problemsOf } from './worker-problems.js';
import { WorkerProblems } from './worker-problems-list.js';
import { WorkerRow } from './worker-row.js';
import { useHealth, useRunsByWorker, useWorkers } from './workers-queries.js';
import classes from './workers.module.css';

/** The processes that do the work, what each is at, and how much waits for them; for administrators. */
export default function WorkersPage() {
  const isAdmin = useIsAdmin();
  return (
    <div className={classes.page}>
      <PageHeader title="Workers">
        Processes that plan, run jobs and send notifications. Start as many as you need; they find their work
        by themselves.
      </PageHeader>
      {isAdmin ? (
        <Fleet />
      ) : (
        <EmptyState icon={<IconLock size={28} />} title="For administrators">
          Workers serve everybody, so only administrators see them. Ask one where your jobs do not start.
        </EmptyState>
      )}
    </div>
  );
}

function Fleet() {
  const system = useWorkers();
  const health = useHealth();
  const runs = useRunsByWorker();
  return (
    <Loaded query={system} skeleton={<FigureSkeleton />}>
      {(data) => (
        <>
          {data.workers.length > 0 && <WorkerProblems problems={problemsOf(data, health.data)} />}
          <section aria-label="Figures">
            <FigureList figures={figuresOf(data)} />
          </section>
          {data.workers.length === 0 ? (
            <NoWorkers />
          ) : (
            <Card title="Workers" isFlush>
              <ul className={classes.list}>
                {data.workers.map((worker) => (
                  <WorkerRow key={worker.id} worker={worker} runs={runs.data?.get(worker.id) ?? []} />
                ))}
              </ul>
            </Card>
          )}
          <QueuesTable system={data} health={health.data} />
        </>
      )}
    </Loaded>
  );
}

function figuresOf({ workers, queues, planner, latenessMs, throughput }: SystemDto): Figure[] {
  const alive = workers.filter(({ state }) => state === 'alive');
  const planners = alive.filter(({ roles }) => roles.includes('plan')).length;
  const depths = Object.values(queues);
  const waiting = sum(depths.map((queue) => queue.waiting));
  const oldest = Math.max(...depths.map(({ oldestWaitMs }) => oldestWaitMs ?? 0));
  const slots = sum(alive.map(slotsOf));
  const running = sum(depths.map(({ active }) => active));
  return [
    {
      label: 'Workers alive',
      value: formatCount(alive.length),
      note: `${formatCount(planners)} of them ${planners === 1 ? 'plans' : 'plan'}`,
      isBad: alive.length === 0,
    },
    { label: 'Running', value: formatCount(running), note: `of ${formatCount(slots)} slots` },
    {
      label: 'Waiting',
      value: formatCount(waiting),
      note: waiting === 0 ? 'nothing waits in the queue' : `the oldest for ${formatDuration(oldest)}`,
    },
    {
      label: 'Planner lag',
      value: formatDuration(planner.lagMs),
      note: planner.lagMs === 0 ? 'nothing is overdue' : 'the longest overdue',
    },
    {
      label: 'Lateness, 1 h',
      value: latenessMs.p95 === null ? '\u2013' : formatDuration(latenessMs.p95),
      note: latenessMs.p95 === null ? 'nothing began in the last hour' : '95th percentile of starts',
    },
    {
      label: 'Ended, 1 min',
      value: formatCount(throughput.lastMinute.completed + throughput.lastMinute.failed),
      note: `${formatCount(throughput.lastMinute.failed)} of them failed`,
    },
  ];
}

function slotsOf({ roles, types, concurrency }: WorkerDto): number {
  return roles.includes('execute') ? types.length * concurrency : 0;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
