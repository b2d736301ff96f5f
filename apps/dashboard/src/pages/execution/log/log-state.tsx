import classes from './log.module.css';
import type { LogSnapshot } from './log-tail.js';

/** How much there is, and whether more comes. */
export function LogState({
  log,
  lineCount,
  isLive,
}: {
  log: LogSnapshot;
  lineCount: number;
  isLive: boolean;
}) {
  const count = lineCount === 1 ? '1 line' : `${lineCount.toLocaleString('en')} lines`;
  if (log.state === 'lost') {
    return (
      <span className={classes.state} role="status" data-lost>
        {count}, connecting again
      </span>
    );
  }
  return <span className={classes.state}>{isLive ? `${count}, live` : count}</span>;
}
