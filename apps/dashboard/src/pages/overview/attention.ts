import type { DashboardDto, SystemDto } from '#client';
import type { StatusKind } from '../../components/status-kind.js';
import { formatDuration } from '../../time/format-duration.js';

export interface AttentionItem {
  text: string;
  kind: StatusKind;
  to: '/jobs' | '/executions' | '/workers' | '/admin/catch-up';
  /** Address parameters of the list it leads to. */
  search: Record<string, unknown>;
}

/** What has waited longer than this to be dispatched waits for something that is not there. */
const LAG_MS = 10_000;
/** So many waiting executions for each that runs are a backlog, once there are more than a few. */
const BACKLOG_RATIO = 10;
const BACKLOG_MIN = 100;

/** What needs to be looked at, the worst first. */
export function attentionOf({
  figures,
  system,
  missed,
  isAdmin,
}: {
  figures: DashboardDto;
  system: SystemDto | undefined;
  /** Occurrences of the last 24 hours that nothing ran at. */
  missed: number;
  isAdmin: boolean;
}): AttentionItem[] {
  const failing = figures.attention.length;
  return [
    ...(system ? systemItems(system) : []),
    ...item(failing, 'failed', '/jobs', { attention: true }, (n) =>
      n === 1 ? `${figures.attention[0]?.name ?? '1 job'} fails` : `${n} jobs fail`,
    ),
    ...heldItems(figures.catchup, isAdmin),
    ...item(missed, 'missed', '/executions', { status: ['missed'] }, (n) => `${n} missed in 24 h`),
    ...item(figures.jobs.byStatus?.failed ?? 0, 'failed', '/jobs', { status: 'failed' }, (n) =>
      n === 1 ? '1 job ended in failure' : `${n} jobs ended in failure`,
    ),
  ];
}

/** What an outage left: administrators decide about it, owners see it among their runs. */
function heldItems({ jobs }: DashboardDto['catchup'], isAdmin: boolean): AttentionItem[] {
  const who = jobs === 1 ? '1 job waits' : `${jobs} jobs wait`;
  return isAdmin
    ? item(jobs, 'missed', '/admin/catch-up', {}, () => `${who} to catch up`)
    : item(jobs, 'missed', '/executions', { status: ['scheduled'] }, () => `${who} for an administrator`);
}

function systemItems({ workers, queues, planner }: SystemDto): AttentionItem[] {
  const silent = workers.filter(({ state }) => state === 'silent').length;
  const alive = workers.length - silent;
  const waiting = sum(Object.values(queues).map((queue) => queue.waiting));
  const active = sum(Object.values(queues).map((queue) => queue.active));
  const isBacklog = waiting >= BACKLOG_MIN && waiting > active * BACKLOG_RATIO;
  return [
    ...(alive === 0
      ? [{ text: 'No worker runs', kind: 'failed', to: '/workers', search: {} } as const]
      : item(silent, 'late', '/workers', {}, (n) =>
          n === 1 ? '1 worker is silent' : `${n} workers are silent`,
        )),
    ...(planner.lagMs > LAG_MS
      ? [
          {
            text: `Due for ${formatDuration(planner.lagMs)} and not begun`,
            kind: 'late',
            to: '/executions',
            search: { status: ['scheduled', 'queued'] },
          } as const,
        ]
      : []),
    ...item(
      isBacklog ? waiting : 0,
      'late',
      '/executions',
      { status: ['queued'] },
      (n) => `${n} wait in the queue`,
    ),
  ];
}

function item(
  count: number,
  kind: StatusKind,
  to: AttentionItem['to'],
  search: AttentionItem['search'],
  text: (count: number) => string,
): AttentionItem[] {
  return count === 0 ? [] : [{ text: text(count), kind, to, search }];
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
