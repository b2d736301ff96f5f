import { formatTime } from '../../time/format-time.js';
import classes from './time-axis.module.css';

const HOUR_MS = 3_600_000;
const HEIGHT = 24;
const LABEL_WIDTH = 60;
const STEPS = [1, 2, 3, 4, 6, 12, 24];

interface TimeAxisProps {
  from: number;
  to: number;
  now: number;
  zone: string;
  width: number;
}

/** Whole hours above the columns, and where now is. */
export function TimeAxis({ from, to, now, zone, width }: TimeAxisProps) {
  const x = (at: number) => ((at - from) / (to - from)) * width;
  const hours = (to - from) / HOUR_MS;
  const fits = Math.max(1, Math.floor(width / LABEL_WIDTH));
  const step = STEPS.find((one) => hours / one <= fits) ?? 24;
  const ticks = ticksOf(from, to, step, zone).filter((at) => Math.abs(x(at) - x(now)) > LABEL_WIDTH / 2);
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true" className={classes.axis}>
      {ticks.map((at) => (
        <text key={at} x={x(at)} y={15} textAnchor="middle" className={classes.tick}>
          {formatTime(at, zone, 'clock', now)}
        </text>
      ))}
      <text x={x(now)} y={15} textAnchor="middle" className={classes.now}>
        now
      </text>
    </svg>
  );
}

/** Hours of the zone's clock that `step` divides; a day that is an hour longer or shorter has them in their places as well. */
function ticksOf(from: number, to: number, step: number, zone: string): number[] {
  const first = Math.ceil(from / HOUR_MS) * HOUR_MS;
  const all = Array.from(
    { length: Math.floor((to - first) / HOUR_MS) + 1 },
    (_, index) => first + index * HOUR_MS,
  );
  return all.filter((at) => Number(formatTime(at, zone, 'clock', at).slice(0, 2)) % step === 0);
}
