import { useElementSize } from '@mantine/hooks';
import type { ExecutionWithAttemptsDto } from '#client';
import { Card } from '../../../components/card.js';
import { StatusIcon } from '../../../components/status-glyph.js';
import { STATUS } from '../../../components/status-kind.js';
import { formatCountdown, formatDuration } from '../../../time/format-duration.js';
import { useNow } from '../../../time/use-now.js';
import { ATTEMPT_KINDS } from '../words.js';
import { type Waterfall as WaterfallData, waterfallOf, type WaterfallRow } from './waterfall-of.js';
import { WaterfallBars } from './waterfall-bars.js';
import classes from './waterfall.module.css';

interface WaterfallProps {
  execution: ExecutionWithAttemptsDto;
  /** The attempt whose log is shown. */
  selected: number | undefined;
  /** Undefined: that of all. */
  onSelect: (attempt: number | undefined) => void;
}

/** The attempts of an execution on one axis; a click shows the log of one alone, another click that of all again. */
export function Waterfall({ execution, selected, onSelect }: WaterfallProps) {
  const now = useNow();
  const waterfall = waterfallOf(execution, now);
  const { ref, width } = useElementSize<HTMLDivElement>();
  return (
    <Card title="Attempts" aside={<Legend />}>
      <div className={classes.waterfall}>
        <div className={classes.axis} aria-hidden="true">
          <span />
          <div ref={ref} className={classes.scale}>
            <Ticks waterfall={waterfall} width={width} />
          </div>
          <span />
        </div>
        <ul className={classes.rows} aria-label="Attempts">
          {waterfall.rows.map((row) => (
            <li key={row.attempt}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={selected === row.attempt}
                onClick={() => onSelect(selected === row.attempt ? undefined : row.attempt)}
                data-hint={hintOf(row)}
              >
                <span className={classes.label}>
                  <StatusIcon kind={kindOf(row)} size={14} />
                  Attempt {row.attempt}
                  <span className="visually-hidden">, {wordOf(row)}</span>
                </span>
                <WaterfallBars row={row} waterfall={waterfall} width={width} />
                <span className={classes.took}>{tookOf(row, now)}</span>
              </button>
            </li>
          ))}
        </ul>
        {waterfall.cutWaitMs !== undefined && (
          <p className={classes.cut}>
            It had waited {formatDuration(waterfall.cutWaitMs)} by then; the picture begins shortly before it
            started.
          </p>
        )}
      </div>
    </Card>
  );
}

function kindOf({ status, segments }: WaterfallRow) {
  if (status !== undefined) return ATTEMPT_KINDS[status].kind;
  return segments.at(-1)?.kind === 'backoff' ? ('retrying' as const) : ('queued' as const);
}

function wordOf(row: WaterfallRow): string {
  if (row.status === undefined)
    return row.segments.at(-1)?.kind === 'backoff' ? 'waits to be tried' : 'waits';
  return ATTEMPT_KINDS[row.status].word ?? STATUS[kindOf(row)].word;
}

const SEGMENT_WORDS = { queued: 'Waited', running: 'Ran', backoff: 'Held back' };

function hintOf(row: WaterfallRow): string {
  const parts = row.segments
    .filter(({ from, to }) => to > from)
    .map(({ kind, from, to }) => `${SEGMENT_WORDS[kind]} ${formatDuration(to - from)}`);
  return [wordOf(row), ...parts].join('\n');
}

function tookOf({ status, segments }: WaterfallRow, now: number): string {
  const last = segments.at(-1);
  if (!last) return '';
  if (status !== undefined) return formatDuration(last.to - last.from);
  return last.kind === 'backoff' && last.to > now ? `in ${formatCountdown(last.to - now)}` : 'waits';
}

function Legend() {
  return (
    <span className={classes.legend} aria-hidden="true">
      <svg width="16" height="10">
        <rect x="0.75" y="0.75" width="14.5" height="8.5" rx="2" className={classes.queued} />
      </svg>
      waited
      <svg width="16" height="10">
        <rect width="16" height="10" rx="2" className={classes.sample} />
      </svg>
      ran
      <svg width="16" height="10">
        <line x1="0" x2="16" y1="5" y2="5" className={classes.backoff} />
      </svg>
      held back
    </span>
  );
}

const TICK_PX = 90;
/** Steps people read at a glance. */
const STEPS_MS = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 6, 12, 24, 48, 168].map((hours) => hours * 3_600_000),
];

function Ticks({ waterfall: { from, to }, width }: { waterfall: WaterfallData; width: number }) {
  const span = to - from;
  const step = STEPS_MS.find((one) => (width * one) / span >= TICK_PX) ?? span;
  const count = Math.floor(span / step) + 1;
  return Array.from({ length: count }, (_, index) => (
    <span key={index * step} className={classes.tick} style={{ left: `${((index * step) / span) * 100}%` }}>
      {index === 0 ? '0' : formatDuration(index * step)}
    </span>
  ));
}
