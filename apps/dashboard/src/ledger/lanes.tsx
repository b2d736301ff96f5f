import { StatusGlyph } from '../components/status-glyph.js';
import { STATUS } from '../components/status-kind.js';
import { colorOf, isProblem } from './ledger-kind.js';
import type { LedgerLayout } from './ledger-layout.js';
import type { Band, Bar, LedgerMarks, Mark } from './ledger-marks.js';
import classes from './ledger-picture.module.css';
import { ofBand, ofMark, type Pickable } from './pickable.js';

interface Scale {
  x: (at: number) => number;
}

interface Picking {
  onHover: (picked: Pickable | undefined) => void;
  onOpen: (picked: Pickable) => void;
}

/** A sign for each due moment; where they are closer together, a tick. */
export function MarksLane({
  marks,
  lane,
  density,
  scale,
  onHover,
  onOpen,
}: {
  marks: Mark[];
  lane: { top: number; height: number };
  density: 'glyphs' | 'ticks' | 'columns';
  scale: Scale;
} & Picking) {
  const middle = lane.top + lane.height / 2;
  return marks.map((mark, index) => {
    const x = scale.x(mark.at);
    const previous = marks[index - 1];
    const next = marks[index + 1];
    // The pointer need not hit the sign: half the way to its neighbours is its own.
    const left = previous ? (scale.x(previous.at) + x) / 2 : x - 12;
    const right = next ? (scale.x(next.at) + x) / 2 : x + 12;
    const { tone } = STATUS[mark.kind];
    const isLoud = isProblem(mark.kind);
    return (
      <g
        key={mark.key}
        className={classes.mark}
        onPointerEnter={() => onHover(ofMark(mark))}
        onClick={() => onOpen(ofMark(mark))}
      >
        <rect
          x={Math.max(left, x - 12)}
          y={lane.top}
          width={Math.min(right, x + 12) - Math.max(left, x - 12)}
          height={lane.height}
          fill={tone === 'failed' || tone === 'missed' ? `var(--${tone}-tint)` : 'transparent'}
        />
        {density === 'glyphs' ? (
          <StatusGlyph kind={mark.kind} x={x} y={middle} size={14} />
        ) : (
          <rect
            x={x - 1.5}
            y={isLoud ? lane.top + 4 : middle - 7}
            width={3}
            height={isLoud ? lane.height - 8 : 14}
            rx={1}
            fill={colorOf(mark.kind)}
          />
        )}
      </g>
    );
  });
}

/** Each run as long as it took; what ran at once is in rows. */
export function BarsLane({
  bars,
  marks,
  layout: { runs },
  scale,
  onHover,
  onOpen,
}: {
  bars: Bar[];
  marks: LedgerMarks;
  layout: LedgerLayout;
  scale: Scale;
} & Picking) {
  const byKey = new Map([...marks.due, ...marks.offSchedule].map((mark) => [mark.key, mark]));
  return bars.map((bar) => {
    const mark = byKey.get(bar.key);
    if (!mark) return null;
    const x = scale.x(bar.from);
    return (
      <rect
        key={bar.key}
        className={classes.mark}
        x={x}
        y={runs.top + bar.row * runs.rowHeight + 2}
        width={Math.max(3, scale.x(bar.until) - x)}
        height={runs.rowHeight - 4}
        rx={2}
        fill={`var(--${STATUS[bar.kind].tone}-fill)`}
        onPointerEnter={() => onHover(ofMark(mark))}
        onClick={() => onOpen(ofMark(mark))}
      />
    );
  });
}

/** Times in a row that did not run: hatched, over all lanes, with the reason where there is room. */
export function GapBands({
  bands,
  layout: { left, plotWidth, due },
  scale,
  onHover,
}: {
  bands: Band[];
  layout: LedgerLayout;
  scale: Scale;
  onHover: Picking['onHover'];
}) {
  return bands.map((band) => {
    const x = Math.max(left, scale.x(band.from) - 6);
    const width = Math.max(6, Math.min(left + plotWidth, scale.x(band.until) + 6) - x);
    const tone = band.reason === 'scheduler_down' ? 'missed' : 'skipped';
    return (
      <g
        key={band.from}
        className={classes.band}
        data-tone={tone}
        onPointerEnter={() => onHover(ofBand(band))}
      >
        <rect x={x} y={due.top} width={width} height={due.height} fill={`url(#hatch-${tone})`} />
        {width > 90 && (
          <text x={x + width / 2} y={due.top - 6}>
            {[REASONS[band.reason] ?? band.reason.replaceAll('_', ' '), band.count]
              .filter(Boolean)
              .join(' · ')}
          </text>
        )}
      </g>
    );
  });
}

const REASONS: Partial<Record<string, string>> = {
  paused: 'Paused',
  scheduler_down: 'Scheduler down',
  job_ended: 'Job ended',
};

/** The hatchings of bands; once in a picture. */
export function Hatchings() {
  return (
    <defs>
      {(['skipped', 'missed'] as const).map((tone) => (
        <pattern
          key={tone}
          id={`hatch-${tone}`}
          width={7}
          height={7}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={7} height={7} fill={`var(--${tone}-tint)`} />
          <path d="M1 0 V7" stroke={`var(--${tone}-fill)`} strokeWidth={1.4} />
        </pattern>
      ))}
    </defs>
  );
}
