import { formatTime } from '../time/format-time.js';
import type { LedgerLayout } from './ledger-layout.js';
import classes from './ledger-picture.module.css';
import { clockChanges, ticks, type TimeRange } from './time-scale.js';

interface AxisProps {
  range: TimeRange;
  layout: LedgerLayout;
  scale: { x: (at: number) => number };
}

/** The times below the lanes, by the clocks of the zone, and where those change. */
export function LedgerAxis({ range, zone, layout, scale }: AxisProps & { zone: string }) {
  const { axis, left, plotWidth, due } = layout;
  return (
    <g className={classes.axis}>
      <path d={`M${left} ${axis + 0.5} H${left + plotWidth}`} />
      {ticks(range, zone, plotWidth).map(({ at, isDay }) => (
        <g key={at} transform={`translate(${scale.x(at)} ${axis})`} data-day={isDay || undefined}>
          <path d="M0.5 0 v5" />
          <text y={18}>{isDay ? formatTime(at, zone, 'day', at) : formatTime(at, zone, 'short', at)}</text>
        </g>
      ))}
      {clockChanges(range, zone).map(({ at, byMs }) => (
        <g key={at} className={classes.clockChange} transform={`translate(${scale.x(at)} 0)`}>
          <path d={`M0.5 ${due.top - 8} V${axis}`} />
          <text y={12}>clocks {byMs > 0 ? 'forward' : 'back'}</text>
        </g>
      ))}
    </g>
  );
}

export function NowLine({ now, range, layout, scale }: AxisProps & { now: number }) {
  if (now < range.from || now > range.to) return null;
  const x = Math.round(scale.x(now)) + 0.5;
  return (
    <g className={classes.now}>
      <path d={`M${x} 16 V${layout.axis}`} />
      <text x={x} y={11}>
        now
      </text>
    </g>
  );
}
