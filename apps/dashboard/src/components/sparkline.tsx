import type { ExecutionStatus } from '#client';
import { kindOfExecution, STATUS, type StatusKind } from './status-kind.js';

interface Bar {
  status: ExecutionStatus;
  latenessMs?: number | null;
}

const COUNT = 20;
const STEP = 6;
const BAR = 5;
const HEIGHT = 20;

/** Heights tell the kinds apart without colour: what went wrong is tall, what was left out is low. */
const TALL = HEIGHT - 2;
const NORMAL = 10;
const LOW = 4;

/** The last 20 due moments of a job, oldest first, as bars; `GET /jobs/activity` has them. */
export function Sparkline({ bars }: { bars: Bar[] }) {
  const shown = bars.slice(-COUNT);
  const kinds = shown.map(({ status, latenessMs }) => kindOfExecution(status, latenessMs));
  const label = inWords(kinds);
  return (
    <svg
      width={COUNT * STEP}
      height={HEIGHT}
      viewBox={`0 0 ${COUNT * STEP} ${HEIGHT}`}
      role="img"
      aria-label={label}
      data-hint={label}
    >
      {kinds.map((kind, index) => (
        // A bar is its place in the row.
        // oxlint-disable-next-line react/no-array-index-key
        <SparkBar key={index} kind={kind} x={(COUNT - shown.length + index) * STEP} />
      ))}
    </svg>
  );
}

function SparkBar({ kind, x }: { kind: StatusKind; x: number }) {
  const height = heightOf(kind);
  const fill = `var(--${STATUS[kind].tone}-fill)`;
  const isHollow = kind === 'missed' || kind === 'queued' || kind === 'scheduled' || kind === 'running';
  if (!isHollow) return <rect x={x} y={HEIGHT - height} width={BAR} height={height} fill={fill} />;
  return (
    <rect
      x={x + 0.75}
      y={HEIGHT - height + 0.75}
      width={BAR - 1.5}
      height={height - 1.5}
      fill="none"
      stroke={fill}
      strokeWidth={1.5}
    />
  );
}

function heightOf(kind: StatusKind): number {
  const { tone } = STATUS[kind];
  if (tone === 'failed' || tone === 'missed') return TALL;
  return tone === 'skipped' ? LOW : NORMAL;
}

/** `Last 20: 17 ran, 2 failed, 1 missed` */
function inWords(kinds: StatusKind[]): string {
  if (kinds.length === 0) return 'No runs yet';
  const counts = new Map<StatusKind, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => `${count} ${STATUS[kind].word.toLowerCase()}`);
  return `Last ${kinds.length}: ${parts.join(', ')}`;
}
