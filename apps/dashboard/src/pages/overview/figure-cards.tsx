import { Skeleton } from '@mantine/core';
import type { DashboardDto, SystemDto } from '#client';
import { formatCount, formatShare } from '../../components/format-count.js';
import { formatDuration } from '../../time/format-duration.js';
import classes from './figure-cards.module.css';

interface FigureCardsProps {
  figures: DashboardDto;
  /** Administrators see how late the whole system begins. */
  system: SystemDto | undefined;
}

interface Figure {
  label: string;
  value: string;
  note: string;
  isBad?: boolean;
}

/** The last day in a handful of numbers. */
export function FigureCards({ figures, system }: FigureCardsProps) {
  return (
    <dl className={classes.cards}>
      {figuresOf(figures, system).map(({ label, value, note, isBad }) => (
        <div key={label} className={classes.card}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value} data-bad={isBad || undefined}>
            {value}
          </dd>
          <dd className={classes.note}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}

export function FigureSkeleton() {
  return (
    <div className={classes.cards} aria-busy="true">
      {['success', 'executions', 'running', 'duration', 'jobs'].map((name) => (
        <Skeleton key={name} height={94} radius="lg" />
      ))}
    </div>
  );
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
