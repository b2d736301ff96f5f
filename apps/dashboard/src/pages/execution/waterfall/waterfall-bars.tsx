import { STATUS } from '../../../components/status-kind.js';
import { ATTEMPT_KINDS } from '../words.js';
import type { Segment, Waterfall, WaterfallRow } from './waterfall-of.js';
import classes from './waterfall.module.css';

interface WaterfallBarsProps {
  row: WaterfallRow;
  waterfall: Waterfall;
  width: number;
}

const HEIGHT = 20;
const BAR = 12;
const TOP = (HEIGHT - BAR) / 2;
/** An attempt of a millisecond in a picture of an hour is still seen. */
const LEAST_PX = 3;

/** The bars of one attempt: hollow while it waited, solid while it ran, dotted while it was held back. */
export function WaterfallBars({ row, waterfall: { from, to }, width }: WaterfallBarsProps) {
  const px = (at: number) => ((Math.max(at, from) - from) / (to - from)) * width;
  return (
    <svg className={classes.bars} height={HEIGHT} width={width} aria-hidden="true">
      {row.segments.map((segment) => (
        <Bar
          key={`${segment.kind} ${segment.from}`}
          segment={segment}
          row={row}
          x={Math.min(px(segment.from), Math.max(0, width - LEAST_PX))}
          width={px(segment.to) - px(segment.from)}
        />
      ))}
    </svg>
  );
}

function Bar({ segment, row, x, width }: { segment: Segment; row: WaterfallRow; x: number; width: number }) {
  switch (segment.kind) {
    case 'backoff':
      return <line x1={x} x2={x + width} y1={HEIGHT / 2} y2={HEIGHT / 2} className={classes.backoff} />;
    case 'queued':
      if (width < 2) return null;
      return (
        <rect
          x={x + 0.75}
          y={TOP + 0.75}
          width={Math.max(width - 1.5, 0.5)}
          height={BAR - 1.5}
          rx={2}
          className={classes.queued}
        />
      );
    case 'running': {
      const tone = STATUS[ATTEMPT_KINDS[row.status ?? 'running'].kind].tone;
      return (
        <rect
          x={x}
          y={TOP}
          width={Math.max(width, LEAST_PX)}
          height={BAR}
          rx={2}
          fill={`var(--${tone}-fill)`}
          className={segment.isOpen ? classes.open : undefined}
        />
      );
    }
  }
}
