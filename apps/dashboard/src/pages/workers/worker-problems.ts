import type { HealthDto, JobType, SystemDto, WorkerDto } from '#client';
import { formatCount } from '../../components/format-count.js';
import type { StatusKind } from '../../components/status-kind.js';
import { formatDuration } from '../../time/format-duration.js';

export interface WorkerProblem {
  kind: Extract<StatusKind, 'failed' | 'late'>;
  title: string;
  /** What follows from it, and what to do. */
  advice: string;
}

/** What is due is dispatched within milliseconds where all is well. */
const LAG_MS = 10_000;

/** What keeps jobs from running as they should, the worst first; of a system that has workers. */
export function problemsOf(
  { workers, queues, planner, process }: SystemDto,
  health: Pick<HealthDto, 'queue' | 'redis'> | undefined,
): WorkerProblem[] {
  const alive = workers.filter(({ state }) => state === 'alive');
  const silent = workers.filter(({ state }) => state === 'silent');
  if (alive.length === 0) {
    return [
      {
        kind: 'failed',
        title: 'No worker is alive',
        advice: 'What is due waits until one is. Look into the log of the workers, and start one.',
      },
    ];
  }
  return [
    ...queueDown(health),
    ...withoutRole(alive),
    ...Object.entries(queues).flatMap(([type, { waiting }]) =>
      waiting > 0 && !alive.some((worker) => runs(worker, type as JobType)) ? [uncovered(type, waiting)] : [],
    ),
    ...silent.map(({ host, pid }) => ({
      kind: 'late' as const,
      title: `${host} (${pid}) is silent`,
      advice: 'It died, or cannot reach PostgreSQL. What it ran is taken over by others when its lease ends.',
    })),
    ...(planner.lagMs > LAG_MS
      ? [
          {
            kind: 'late' as const,
            title: `What is due is dispatched ${formatDuration(planner.lagMs)} late`,
            advice:
              'The planners do not keep up, or cannot reach the queue. Look into their logs, or start more.',
          },
        ]
      : []),
    ...otherVersions(alive, process.version),
  ];
}

/** Does it execute jobs of the type? */
export function runs({ roles, types }: WorkerDto, type: JobType): boolean {
  return roles.includes('execute') && types.includes(type);
}

function queueDown(health: Pick<HealthDto, 'queue' | 'redis'> | undefined): WorkerProblem[] {
  if (health?.queue !== 'down') return [];
  const name = health.redis === 'disabled' ? 'The queue' : 'Redis';
  return [
    {
      kind: 'failed',
      title: `${name} cannot be reached`,
      advice: 'What is due is kept in PostgreSQL, and handed out once it is back.',
    },
  ];
}

const ROLES = [
  ['execute', 'No worker runs jobs', 'What is due waits.'],
  ['plan', 'No worker plans', 'No schedule comes due.'],
  ['notify', 'No worker sends notifications', 'They are kept until one does.'],
] as const;

function withoutRole(alive: WorkerDto[]): WorkerProblem[] {
  return ROLES.filter(([role]) => !alive.some(({ roles }) => roles.includes(role))).map(
    ([role, title, advice]) => ({
      kind: 'failed',
      title,
      advice: `${advice} Start one with ${role} in its WORKER_ROLES.`,
    }),
  );
}

function uncovered(type: string, waiting: number): WorkerProblem {
  return {
    kind: 'failed',
    title: `No worker runs ${type} jobs, and ${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`,
    advice: `Start one with ${type} in its WORKER_TYPES.`,
  };
}

function otherVersions(alive: WorkerDto[], ours: string): WorkerProblem[] {
  const others = [...new Set(alive.map(({ version }) => version))].filter((version) => version !== ours);
  if (others.length === 0) return [];
  return [
    {
      kind: 'late',
      title: `Workers of ${others.join(', ')} beside an API of ${ours}`,
      advice: 'Fine while an upgrade is under way. Where none is, bring all to one version.',
    },
  ];
}
