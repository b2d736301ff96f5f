import type { DashboardDto, SystemDto } from '#client';
import { type Figure, FigureList } from '../../components/figure-list.js';
import { formatCount, formatShare } from '../../components/format-count.js';
import { formatDuration } from '../../time/format-duration.js';

interface FigureCardsProps {
  figures: DashboardDto;
  /** Administrators see how late the whole system begins. */
  system: SystemDto | undefined;
}

/** The last day in a handful of numbers. */
export function FigureCards({ figures, system }: FigureCardsProps) {
  return <FigureList figures={figuresOf(figures, system)} />;
}

/** Below this share of successes somebody should look. */
const GOOD_SHARE = 0.95;

function figuresOf({ jobs, executions24h: day }: DashboardDto, system: SystemDto | undefined): Figure[] {
  const { successRate, p95DurationMs, avgDurationMs } = day;
  return [
    {
      label: 'Success, 24 h',
      value: successRate === null ? '\u2013' : formatShare(successRate),
      note: `${formatCount(day.completed)} completed, ${formatCount(day.failed)} failed`,
      isBad: successRate !== null && successRate < GOOD_SHARE,
    },
    { label: 'Due, 24 h', value: formatCount(day.total), note: 'executions, all outcomes' },
    { label: 'Running now', value: formatCount(day.running), note: runningNote(system) },
    {
      label: 'Duration, 24 h',
      value: p95DurationMs === null ? '\u2013' : formatDuration(p95DurationMs),
      note:
        avgDurationMs === null ? '95th percentile' : `95th percentile; mean ${formatDuration(avgDurationMs)}`,
    },
    ...(system ? [latenessFigure(system)] : []),
    {
      label: 'Jobs',
      value: formatCount(jobs.total),
      note: `${formatCount(jobs.byStatus?.active ?? 0)} active, ${formatCount(jobs.byStatus?.paused ?? 0)} paused`,
    },
  ];
}

function runningNote(system: SystemDto | undefined): string {
  if (!system) return 'executions';
  const waiting = Object.values(system.queues).reduce((total, queue) => total + queue.waiting, 0);
  return waiting === 0 ? 'nothing waits in the queue' : `${formatCount(waiting)} wait in the queue`;
}

function latenessFigure({ latenessMs: { p50, p95, p99 } }: SystemDto): Figure {
  return {
    label: 'Lateness, 1 h',
    value: p95 === null ? '\u2013' : formatDuration(p95),
    note:
      p50 === null || p99 === null
        ? 'nothing began in the last hour'
        : `95th percentile; half ${formatDuration(p50)}, 99th ${formatDuration(p99)}`,
  };
}
