import { useElementSize } from '@mantine/hooks';
import { formatDuration } from '../time/format-duration.js';
import { formatTime, offsetName } from '../time/format-time.js';
import { slicesOf } from './column-stack.js';
import { StatusIcon } from '../components/status-glyph.js';
import { STATUS } from '../components/status-kind.js';
import { wordOf } from './ledger-kind.js';
import classes from './ledger-tooltip.module.css';
import type { Mark } from './ledger-marks.js';
import { bandInWords, type Pickable } from './pickable.js';

/** The one tooltip of the picture: what is under the pointer, or where the keyboard is. */
export function LedgerTooltip({
  picked,
  x,
  width,
  zone,
}: {
  picked: Pickable;
  x: number;
  width: number;
  zone: string;
}) {
  const { ref, width: own } = useElementSize<HTMLDivElement>();
  const half = (own + 26) / 2;
  const left = Math.min(Math.max(x, half), Math.max(half, width - half));
  return (
    <div ref={ref} className={classes.tooltip} style={{ left }} role="presentation">
      <Content picked={picked} zone={zone} />
    </div>
  );
}

function Content({ picked, zone }: { picked: Pickable; zone: string }) {
  switch (picked.kind) {
    case 'mark':
      return <MarkContent mark={picked.mark} zone={zone} />;
    case 'band':
      return (
        <>
          <strong>{bandInWords(picked.band)}</strong>
          <span>
            {formatTime(picked.band.from, zone, 'long', picked.band.from)} to{' '}
            {formatTime(picked.band.until, zone, 'long', picked.band.until)}
          </span>
          <span>{picked.band.why}</span>
        </>
      );
    case 'column':
      return (
        <>
          <strong>
            {formatTime(picked.range.from, zone, 'long', picked.range.from)} to{' '}
            {formatTime(picked.range.to, zone, 'short', picked.range.from)}
          </strong>
          {slicesOf(picked.column).map(({ kind, count }) => (
            <span key={kind} className={classes.line}>
              <StatusIcon kind={kind} size={14} /> {count} {STATUS[kind].word.toLowerCase()}
            </span>
          ))}
          {picked.column.offSchedule > 0 && <span>{picked.column.offSchedule} beside the schedule</span>}
          <span className={classes.hint}>Click to look closer</span>
        </>
      );
  }
}

function MarkContent({ mark: { kind, at, entry }, zone }: { mark: Mark; zone: string }) {
  const isRun = entry.kind === 'execution';
  const took =
    isRun && entry.startedAt !== null && entry.finishedAt !== null
      ? Date.parse(entry.finishedAt) - Date.parse(entry.startedAt)
      : undefined;
  return (
    <>
      <strong className={classes.line}>
        <StatusIcon kind={kind} size={14} /> {wordOf(entry)}
      </strong>
      <span>
        {formatTime(at, zone, 'long', at)} {offsetName(at, zone)}
      </span>
      {zone !== 'UTC' && <span className={classes.hint}>{formatTime(at, 'UTC', 'long', at)} UTC</span>}
      {entry.dueAt !== entry.at && (
        <span>Due {formatTime(Date.parse(entry.dueAt), zone, 'seconds', at)} with jitter</span>
      )}
      {isRun && entry.latenessMs !== null && entry.latenessMs >= 1_000 && (
        <span>Began {formatDuration(entry.latenessMs)} after it was due</span>
      )}
      {took !== undefined && <span>Took {formatDuration(took)}</span>}
      {isRun && entry.trigger !== 'schedule' && <span>Beside the schedule: {entry.trigger}</span>}
      {!isRun && entry.note !== null && <span>{entry.note}</span>}
      {entry.why !== null && <span>{entry.why}</span>}
    </>
  );
}
