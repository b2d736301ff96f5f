import { formatDuration } from '../../time/format-duration.js';
import classes from './run-progress.module.css';

interface RunProgressProps {
  elapsedMs: number;
  /** The median of those that completed; null: none did. */
  usualMs: number | null;
}

/** How long it has been running, as a part of how long it usually takes; past that it says so by shape and tone. */
export function RunProgress({ elapsedMs, usualMs }: RunProgressProps) {
  const whole = Math.floor(elapsedMs / 1_000) * 1_000;
  const share = usualMs === null || usualMs === 0 ? undefined : elapsedMs / usualMs;
  const isLong = share !== undefined && share > 2 && elapsedMs > 5_000;
  return (
    <div className={classes.progress} data-long={isLong || undefined}>
      <span className={classes.text}>
        {formatDuration(whole)}
        {isLong && share !== undefined && ` \u00b7 ${Math.floor(share)}\u00d7`}
      </span>
      <span className={classes.bar} aria-hidden="true">
        <span className={classes.fill} style={{ width: `${Math.min(share ?? 0, 1) * 100}%` }} />
      </span>
    </div>
  );
}
