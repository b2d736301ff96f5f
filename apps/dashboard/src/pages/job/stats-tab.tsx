import { SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JobDto, JobStatsDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { Card } from '../../components/card.js';
import { EmptyState } from '../../components/empty-state.js';
import { Loaded } from '../../components/loaded.js';
import { Duration } from '../../components/time.js';
import { formatDuration } from '../../time/format-duration.js';
import classes from './job.module.css';

const RANGES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
];

/** How a job's runs went, in all and by day. */
export default function StatsTab({ job }: { job: JobDto }) {
  const [days, setDays] = useState('30');
  const query = useQuery({
    queryKey: [...keys.jobs.one(job.id), 'stats', days],
    queryFn: () => {
      const params = { path: { id: job.id }, query: { days: Number(days) } };
      return dataOf(api.GET('/api/v1/jobs/{id}/stats', { params }));
    },
  });
  return (
    <Stack gap="lg">
      <SegmentedControl
        size="xs"
        aria-label="Days"
        data={RANGES}
        value={days}
        onChange={setDays}
        style={{ alignSelf: 'flex-start' }}
      />
      <Loaded query={query} skeleton={<Skeleton height={320} />}>
        {(stats) =>
          stats.days.length === 0 ? (
            <EmptyState title="Nothing ran in this time">The figures come with its first run.</EmptyState>
          ) : (
            <Stats stats={stats} />
          )
        }
      </Loaded>
    </Stack>
  );
}

function Stats({ stats: { total, days } }: { stats: JobStatsDto }) {
  const ended = total.completed + total.failed;
  const figures: [label: string, value: React.ReactNode][] = [
    ['Succeeded', ended === 0 ? '\u2013' : `${((total.completed / ended) * 100).toFixed(1)} %`],
    ['Ran', total.completed.toLocaleString('en')],
    ['Failed', total.failed.toLocaleString('en')],
    ['Skipped', total.skipped.toLocaleString('en')],
    ['Missed', total.missed.toLocaleString('en')],
    ['Median', <Duration key="p50" ms={total.p50DurationMs} />],
    ['p95', <Duration key="p95" ms={total.p95DurationMs} />],
    ['Late, p95', <Duration key="late" ms={total.p95LatenessMs} />],
  ];
  return (
    <>
      <dl className={classes.figures}>
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Card title="Runs by day">
        <DayChart
          days={days}
          of={({ completed }) => completed}
          on={({ failed, missed }) => failed + missed}
          words={['ran', 'failed or missed']}
          format={String}
        />
      </Card>
      <Card title="Duration by day">
        <DayChart
          days={days}
          of={({ p50DurationMs }) => p50DurationMs ?? 0}
          on={({ p50DurationMs, p95DurationMs }) => (p95DurationMs ?? 0) - (p50DurationMs ?? 0)}
          words={['median', 'up to p95']}
          format={formatDuration}
          isDuration
        />
      </Card>
    </>
  );
}

type Day = JobStatsDto['days'][number];

const HEIGHT = 160;
const TOP = 16;
const BOTTOM = 20;
const LEFT = 56;
/** Of a few days the bars need not fill the page. */
const MAX_STEP = 56;

/** A bar a day of two parts, one on the other. */
function DayChart({
  days,
  of,
  on,
  words,
  format,
  isDuration = false,
}: {
  days: Day[];
  of: (day: Day) => number;
  on: (day: Day) => number;
  words: [string, string];
  format: (value: number) => string;
  isDuration?: boolean;
}) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const most = Math.max(1, ...days.map((day) => of(day) + on(day)));
  const step = Math.min(MAX_STEP, (Math.max(width, 200) - LEFT) / days.length);
  const scale = (value: number) => (value / most) * (HEIGHT - TOP - BOTTOM);
  const labelEvery = Math.ceil(72 / step);
  return (
    <div ref={ref}>
      <svg
        className={classes.chart}
        role="img"
        aria-label={`${words[0]} and ${words[1]}, by day; at most ${format(most)}`}
      >
        <line x1={LEFT} x2="100%" y1={TOP} y2={TOP} />
        <line x1={LEFT} x2="100%" y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
        <text x={LEFT - 8} y={TOP + 4} textAnchor="end">
          {format(most)}
        </text>
        {days.map((day, index) => {
          const [low, high] = [scale(of(day)), scale(on(day))];
          const x = LEFT + index * step;
          const bottom = HEIGHT - BOTTOM;
          return (
            <g
              key={day.date}
              data-hint={`${day.date}\n${format(of(day))} ${words[0]}\n${format(isDuration ? of(day) + on(day) : on(day))} ${words[1]}`}
            >
              <rect x={x} y={TOP} width={step} height={HEIGHT - TOP - BOTTOM} fill="transparent" />
              <rect
                x={x + 1}
                y={bottom - low}
                width={Math.max(1, step - 2)}
                height={low}
                fill={isDuration ? 'var(--running-fill)' : 'var(--ran-quiet)'}
              />
              <rect
                x={x + 1}
                y={bottom - low - high}
                width={Math.max(1, step - 2)}
                height={high}
                fill={isDuration ? 'var(--skipped-fill)' : 'var(--failed-fill)'}
              />
              {index % labelEvery === 0 && (
                <text x={x} y={HEIGHT - 5}>
                  {day.date.slice(5)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
