/** Where the lanes of the picture are, in pixels. */
export interface LedgerLayout {
  width: number;
  height: number;
  /** The plot: right of the names of the lanes. */
  left: number;
  plotWidth: number;
  due: { top: number; height: number };
  runs: { top: number; rowHeight: number };
  offSchedule: { top: number; height: number } | undefined;
  axis: number;
}

const LABELS = 92;
const NARROW_LABELS = 0;
const RIGHT = 12;
const TOP = 24;
const DUE = 40;
const ROW = 12;
const GAP = 8;
const OFF_SCHEDULE = 24;
const AXIS = 26;

/** On a narrow page the lanes are named above themselves by the legend only. */
export function ledgerLayout(
  width: number,
  { rows, hasRuns, hasOffSchedule }: { rows: number; hasRuns: boolean; hasOffSchedule: boolean },
): LedgerLayout {
  const left = width < 560 ? NARROW_LABELS : LABELS;
  const runsTop = TOP + DUE + GAP;
  const offTop = runsTop + (hasRuns ? rows * ROW + GAP : 0);
  const axis = offTop + (hasOffSchedule ? OFF_SCHEDULE + GAP : 0);
  return {
    width,
    height: axis + AXIS,
    left,
    plotWidth: Math.max(1, width - left - RIGHT),
    due: { top: TOP, height: DUE },
    runs: { top: runsTop, rowHeight: ROW },
    offSchedule: hasOffSchedule ? { top: offTop, height: OFF_SCHEDULE } : undefined,
    axis,
  };
}

/** From so many pixels a due moment on, each has its glyph; from so many on a tick; below, columns. */
const GLYPH_PX = 16;
const TICK_PX = 5;
/** About how wide a column is. */
const COLUMN_PX = 12;

export type Density = 'glyphs' | 'ticks' | 'columns';

export function densityOf(dueCount: number, plotWidth: number): Density {
  const room = plotWidth / Math.max(1, dueCount);
  if (room >= GLYPH_PX) return 'glyphs';
  return room >= TICK_PX ? 'ticks' : 'columns';
}

export function columnCount(plotWidth: number): number {
  return Math.max(1, Math.min(500, Math.floor(plotWidth / COLUMN_PX)));
}
