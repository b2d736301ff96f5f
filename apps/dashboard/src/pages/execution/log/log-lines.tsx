import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect } from 'react';
import { usePreference } from '../../../shell/preferences.js';
import { formatDuration } from '../../../time/format-duration.js';
import { zoneFor } from '../../../time/zone.js';
import { LogLine } from './log-line.js';
import type { LogRow } from './log-rows.js';
import classes from './log.module.css';

interface LogLinesProps {
  box: HTMLDivElement | null;
  rows: LogRow[];
  needle: string;
  isWrapped: boolean;
  jobZone: string | undefined;
  target: number | undefined;
  /** Row of the hit one is at. */
  hit: number | undefined;
  onLink: (number: number) => void;
  /** Given what scrolls a row into view. */
  onReady: (show: (row: number) => void) => void;
  /** Told whenever the rows take another height. */
  onHeight: (height: number) => void;
}

const ROW_PX = 20;
const OVERSCAN = 20;

/** The rows of a log that are in view. */
export function LogLines(props: LogLinesProps) {
  const { box, rows, isWrapped, onReady, onHeight } = props;
  const [choice] = usePreference('zone');
  const zone = zoneFor(choice, props.jobZone);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box,
    estimateSize: (index) => ROW_PX * linesIn(rows[index]),
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const height = virtual.getTotalSize();
  // Other rows, or lines that are broken or not, have other heights than those it has measured.
  const first = rows[0];
  useLayoutEffect(() => virtual.measure(), [virtual, isWrapped, first]);
  useLayoutEffect(() => onHeight(height), [onHeight, height]);
  useLayoutEffect(() => {
    onReady((row) => virtual.scrollToIndex(row, { align: 'center' }));
  }, [virtual, onReady]);

  return (
    <div style={{ height }} className={classes.canvas}>
      <div className={classes.window} style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
        {items.map(({ index }) => (
          <Row
            key={index}
            {...props}
            row={rows[index]}
            index={index}
            zone={zone}
            measure={isWrapped ? virtual.measureElement : undefined}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps extends LogLinesProps {
  row: LogRow | undefined;
  index: number;
  zone: string;
  measure: ((element: HTMLDivElement | null) => void) | undefined;
}

function Row({ row, index, zone, measure, needle, target, hit, onLink }: RowProps) {
  switch (row?.kind) {
    case undefined:
      return null;
    case 'line':
      return (
        <LogLine
          ref={measure}
          index={index}
          line={row.line}
          zone={zone}
          needle={needle}
          isTarget={row.line.number === target}
          isCurrentHit={index === hit}
          onLink={onLink}
        />
      );
    case 'attempt':
      return (
        <div ref={measure} data-index={index} className={classes.divider}>
          Attempt {row.attempt}
        </div>
      );
    case 'break':
      return (
        <div ref={measure} data-index={index} className={classes.divider} data-break>
          Connection lost for {formatDuration(row.ms)}; read on from here
        </div>
      );
  }
}

function linesIn(row: LogRow | undefined): number {
  if (row?.kind !== 'line') return 1;
  let count = 1;
  const { message } = row.line;
  for (let at = message.indexOf('\n'); at !== -1; at = message.indexOf('\n', at + 1)) count += 1;
  return count;
}
