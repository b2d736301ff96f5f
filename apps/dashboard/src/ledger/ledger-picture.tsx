import { useElementSize } from '@mantine/hooks';
import { useId, useMemo, useState } from 'react';
import type { LedgerColumnDto } from '#client';
import { useNow } from '../time/use-now.js';
import { ColumnsLane } from './columns-lane.js';
import { dueOf } from './column-stack.js';
import { LedgerAxis, NowLine } from './ledger-axis.js';
import { densityOf, type LedgerLayout, ledgerLayout } from './ledger-layout.js';
import type { Band, LedgerMarks } from './ledger-marks.js';
import classes from './ledger-picture.module.css';
import { LedgerTooltip } from './ledger-tooltip.js';
import { BarsLane, GapBands, Hatchings, MarksLane } from './lanes.js';
import { pickableOf, type Pickable } from './pickable.js';
import { type TimeRange, timeScale } from './time-scale.js';
import { useDragZoom } from './use-drag-zoom.js';
import { useLedgerKeys } from './use-ledger-keys.js';

export interface Flag {
  at: number;
  label: string;
}

interface LedgerPictureProps {
  /** What the picture is of, for those who do not see it. */
  label: string;
  range: TimeRange;
  zone: string;
  marks: LedgerMarks | undefined;
  columns: LedgerColumnDto[] | undefined;
  /** Times in a row without marks of their own. */
  bands: Band[];
  /** Changes of the schedule. */
  flags: Flag[];
  onRange: (range: TimeRange) => void;
  onOpen: (picked: Pickable) => void;
}

/**
 * What became of each due moment, and what is to come, as a picture: lanes of due moments, of runs as long as they took,
 * and of runs beside the schedule. Too many moments for a sign each are drawn as columns.
 *
 * One tab stop: arrows go from moment to moment, with Shift from problem to problem, Enter opens, `+` and `-` zoom,
 * `n` goes to now. Dragging zooms.
 */
export function LedgerPicture({
  label,
  range,
  zone,
  marks,
  columns,
  bands,
  flags,
  onRange,
  onOpen,
}: LedgerPictureProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const now = useNow();
  const dueCount = marks ? marks.due.length : (columns ?? []).reduce((sum, column) => sum + dueOf(column), 0);
  const layout = ledgerLayout(Math.max(width, 240), {
    rows: marks?.rows ?? 1,
    hasRuns: marks !== undefined,
    hasOffSchedule: (marks?.offSchedule.length ?? 0) > 0,
  });
  const scale = timeScale(range, layout.left, layout.plotWidth);
  const density = marks ? densityOf(dueCount, layout.plotWidth) : 'columns';
  const pickables = useMemo(() => pickableOf(marks, columns, bands, range), [marks, columns, bands, range]);
  const [hovered, setHovered] = useState<Pickable>();
  const keys = useLedgerKeys({ pickables, range, onRange, onOpen });
  const drag = useDragZoom({ scale, layout, onRange });
  const told = useId();
  const shown = hovered ?? keys.active;
  return (
    // One tab stop for all moments: the keys are those of the group.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={ref}
      className={classes.frame}
      role="group"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
      aria-describedby={told}
      onKeyDown={keys.onKeyDown}
      onBlur={keys.onBlur}
    >
      {width > 0 && (
        <svg
          width={layout.width}
          height={layout.height}
          className={classes.picture}
          aria-hidden="true"
          onPointerLeave={() => setHovered(undefined)}
          {...drag.handlers}
        >
          <Hatchings />
          <LaneNames layout={layout} hasRuns={marks !== undefined} />
          <LedgerAxis range={range} zone={zone} layout={layout} scale={scale} />
          <Flags flags={flags} layout={layout} x={scale.x} />
          <GapBands bands={visible(bands, range)} layout={layout} scale={scale} onHover={setHovered} />
          {density === 'columns' ? (
            <ColumnsLane
              columns={columns ?? []}
              range={range}
              layout={layout}
              scale={scale}
              onHover={setHovered}
              onOpen={onOpen}
            />
          ) : (
            marks && (
              <MarksLane
                marks={marks.due}
                lane={layout.due}
                density={density}
                scale={scale}
                onHover={setHovered}
                onOpen={onOpen}
              />
            )
          )}
          {marks && (
            <BarsLane
              bars={marks.bars}
              marks={marks}
              layout={layout}
              scale={scale}
              onHover={setHovered}
              onOpen={onOpen}
            />
          )}
          {marks && layout.offSchedule && (
            <MarksLane
              marks={marks.offSchedule}
              lane={layout.offSchedule}
              density={
                densityOf(marks.offSchedule.length, layout.plotWidth) === 'glyphs' ? 'glyphs' : 'ticks'
              }
              scale={scale}
              onHover={setHovered}
              onOpen={onOpen}
            />
          )}
          <NowLine now={now} range={range} layout={layout} scale={scale} />
          {shown && <Cursor x={clamp(scale.x(shown.at), layout)} layout={layout} />}
          {drag.selection && (
            <rect
              x={drag.selection.left}
              y={layout.due.top - 6}
              width={drag.selection.width}
              height={layout.axis - layout.due.top + 6}
              className={classes.selection}
            />
          )}
        </svg>
      )}
      {shown && (
        <LedgerTooltip picked={shown} x={clamp(scale.x(shown.at), layout)} width={layout.width} zone={zone} />
      )}
      <p id={told} className="visually-hidden">
        Arrow keys go from moment to moment, with Shift from problem to problem. Enter opens one. Plus and
        minus zoom, N goes to now. A table with the same is below.
      </p>
      <output className="visually-hidden">{keys.active?.text}</output>
    </div>
  );
}

function LaneNames({ layout, hasRuns }: { layout: LedgerLayout; hasRuns: boolean }) {
  if (layout.left === 0) return null;
  const { due, runs, offSchedule } = layout;
  return (
    <g className={classes.laneName}>
      <text x={0} y={due.top + due.height / 2}>
        Due
      </text>
      {hasRuns && (
        <text x={0} y={runs.top + runs.rowHeight / 2}>
          Runs
        </text>
      )}
      {offSchedule && (
        <text x={0} y={offSchedule.top + offSchedule.height / 2}>
          Off-schedule
        </text>
      )}
    </g>
  );
}

function Flags({ flags, layout, x }: { flags: Flag[]; layout: LedgerLayout; x: (at: number) => number }) {
  return flags.map(({ at, label }) => (
    <g key={`${at} ${label}`} className={classes.flag} transform={`translate(${x(at)} 0)`}>
      <title>{label}</title>
      <path d={`M0.5 10 V${layout.axis} M0.5 10 h9 l-3 3.5 l3 3.5 h-9`} />
    </g>
  ));
}

function Cursor({ x, layout }: { x: number; layout: LedgerLayout }) {
  return (
    <path className={classes.cursor} d={`M${Math.round(x) + 0.5} ${layout.due.top - 6} V${layout.axis}`} />
  );
}

function clamp(x: number, { left, plotWidth }: LedgerLayout): number {
  return Math.min(left + plotWidth, Math.max(left, x));
}

function visible(bands: Band[], { from, to }: TimeRange): Band[] {
  return bands.filter((band) => band.until >= from && band.from <= to);
}
