import { useElementSize } from '@mantine/hooks';
import type { TrendDto } from '#client';
import { formatCount } from '../../components/format-count.js';
import { formatTime } from '../../time/format-time.js';
import { useNow } from '../../time/use-now.js';
import { niceMaximum } from './nice-maximum.js';
import classes from './trend-chart.module.css';

const HEIGHT = 220;
const AXIS_LEFT = 40;
const AXIS_BOTTOM = 24;
const TOP = 8;
const PLOT = HEIGHT - AXIS_BOTTOM - TOP;
/** A day that had one of something shows it, however many of the rest it had. */
const LEAST = 2;
const LABEL_WIDTH = 56;

/** A bar a day: what completed, with what failed on top. Days are those of UTC, as the server counts them. */
export function TrendChart({ trend }: { trend: TrendDto[] }) {
  const { ref, width } = useElementSize();
  const plotWidth = Math.max(width - AXIS_LEFT, 1);
  const step = plotWidth / Math.max(trend.length, 1);
  const bar = Math.max(1, Math.min(step * 0.7, 40));
  const top = niceMaximum(Math.max(...trend.map(({ completed, failed }) => completed + failed), 0));
  const scale = (count: number) => (count === 0 ? 0 : Math.max((count / top) * PLOT, LEAST));
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / step));
  const now = useNow();

  return (
    <div ref={ref} className={classes.chart}>
      <ul className={classes.legend} aria-hidden="true">
        <li>
          <span className={classes.swatch} data-kind="completed" />
          Completed
        </li>
        <li>
          <span className={classes.swatch} data-kind="failed" />
          Failed
        </li>
      </ul>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {[0, 0.5, 1].map((share) => {
            const y = TOP + PLOT * (1 - share);
            return (
              <g key={share}>
                <line x1={AXIS_LEFT} x2={width} y1={y} y2={y} stroke="var(--c-border)" />
                <text x={AXIS_LEFT - 8} y={y + 4} textAnchor="end" className={classes.tick}>
                  {Number.isInteger(top * share) ? formatCount(top * share) : ''}
                </text>
              </g>
            );
          })}
          {trend.map(({ date, completed, failed }, index) => {
            const x = AXIS_LEFT + step * index + (step - bar) / 2;
            const [good, bad] = [scale(completed), scale(failed)];
            const base = TOP + PLOT;
            const at = Date.parse(date);
            // Counted from today, whose label is always there.
            const isLabelled = (trend.length - 1 - index) % every === 0;
            return (
              <g
                key={date}
                data-hint={`${formatTime(at, 'UTC', 'day', now)} (UTC)\n${formatCount(completed)} completed\n${formatCount(failed)} failed`}
              >
                <rect x={AXIS_LEFT + step * index} y={TOP} width={step} height={PLOT} fill="transparent" />
                <rect x={x} y={base - good} width={bar} height={good} fill="var(--ran-quiet)" />
                <rect
                  x={x}
                  y={base - good - bad - (good > 0 && bad > 0 ? 1 : 0)}
                  width={bar}
                  height={bad}
                  fill="var(--failed-fill)"
                />
                {isLabelled && (
                  <text x={x + bar / 2} y={HEIGHT - 6} textAnchor="middle" className={classes.tick}>
                    {formatTime(at, 'UTC', 'day', now)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
      <table className="visually-hidden">
        <caption>Executions by day, in UTC</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Completed</th>
            <th scope="col">Failed</th>
          </tr>
        </thead>
        <tbody>
          {trend.map(({ date, completed, failed }) => (
            <tr key={date}>
              <th scope="row">{date}</th>
              <td>{completed}</td>
              <td>{failed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
