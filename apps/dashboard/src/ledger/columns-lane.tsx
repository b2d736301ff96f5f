import type { LedgerColumnDto } from '#client';
import { sliceHeights, slicesOf } from './column-stack.js';
import { StatusGlyph } from '../components/status-glyph.js';
import { STATUS, type StatusKind } from '../components/status-kind.js';
import { colorOf, worstOf } from './ledger-kind.js';
import type { LedgerLayout } from './ledger-layout.js';
import classes from './ledger-picture.module.css';
import { columnRange, ofColumn, type Pickable } from './pickable.js';
import type { TimeRange } from './time-scale.js';

/** The outcomes that are shown above a column, too: one of a hundred must not be overlooked. */
const CAPPED = new Set<StatusKind>(['failed', 'missed']);

/** Due moments counted by columns; the worst outcome of each is on top and above it, never blended away. */
export function ColumnsLane({
  columns,
  range,
  layout: { due },
  scale,
  onHover,
  onOpen,
}: {
  columns: LedgerColumnDto[];
  range: TimeRange;
  layout: LedgerLayout;
  scale: { x: (at: number) => number };
  onHover: (picked: Pickable | undefined) => void;
  onOpen: (picked: Pickable) => void;
}) {
  return columns.map((column, index) => {
    const slices = slicesOf(column);
    if (slices.length === 0) return null;
    const stretch = columnRange(columns, index, range);
    const picked = ofColumn(column, stretch);
    const x = scale.x(stretch.from) + 1;
    const width = Math.max(2, scale.x(stretch.to) - x - 1);
    const heights = sliceHeights(slices, due.height);
    const worst = worstOf(slices.map(({ kind }) => kind));
    let bottom = due.top + due.height;
    return (
      <g
        key={column.from}
        className={classes.mark}
        onPointerEnter={() => onHover(picked)}
        onClick={() => onOpen(picked)}
      >
        <rect x={x - 1} y={due.top - 16} width={width + 2} height={due.height + 16} fill="transparent" />
        {slices.map(({ kind }, slice) => {
          const height = heights[slice] ?? 0;
          bottom -= height;
          return <SliceRect key={kind} kind={kind} x={x} y={bottom} width={width} height={height} />;
        })}
        {worst && CAPPED.has(worst) && width > 6 && (
          <StatusGlyph kind={worst} x={x + width / 2} y={due.top - 9} size={12} />
        )}
      </g>
    );
  });
}

function SliceRect({
  kind,
  ...at
}: {
  kind: StatusKind;
  x: number;
  y: number;
  width: number;
  height: number;
}) {
  const { tone } = STATUS[kind];
  if (kind === 'scheduled' || kind === 'missed') {
    return (
      <rect
        x={at.x + 0.75}
        y={at.y + 0.75}
        width={Math.max(1, at.width - 1.5)}
        height={Math.max(1, at.height - 1.5)}
        fill="none"
        stroke={`var(--${tone}-fill)`}
        strokeWidth={1.5}
        strokeDasharray={kind === 'scheduled' ? '1.5 2.5' : undefined}
      />
    );
  }
  const fill = kind === 'skipped' ? 'url(#hatch-skipped)' : colorOf(kind);
  return <rect {...at} fill={fill} />;
}
