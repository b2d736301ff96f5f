import { STATUS, type StatusKind } from './status-kind.js';

interface StatusGlyphProps {
  kind: StatusKind;
  /** Centre, in the units of the surrounding picture. */
  x: number;
  y: number;
  /** Edge, 16 unless given. */
  size?: number;
}

/** The shape of a status as part of a picture (ledger, waterfall). Alone: `StatusIcon`. */
export function StatusGlyph({ kind, x, y, size = 16 }: StatusGlyphProps) {
  const scale = size / 16;
  return <g transform={`translate(${x - size / 2} ${y - size / 2}) scale(${scale})`}>{shapeOf(kind)}</g>;
}

/** The shape of a status, for beside its word; hidden from who listens, since the word says it. */
export function StatusIcon({ kind, size = 16 }: { kind: StatusKind; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: 'none' }}>
      {shapeOf(kind)}
    </svg>
  );
}

/** Drawn in a square of 16. Filled shapes are over, rings are not; no two have the same outline and mark. */
function shapeOf(kind: StatusKind) {
  const fill = `var(--${STATUS[kind].tone}-fill)`;
  const mark = {
    fill: 'none',
    stroke: 'var(--c-surface)',
    strokeWidth: 1.8,
    strokeLinecap: 'round',
  } as const;
  const line = { fill: 'none', stroke: fill, strokeWidth: 1.8, strokeLinecap: 'round' } as const;
  switch (kind) {
    case 'ran':
      return (
        <>
          <circle cx="8" cy="8" r="7" fill={fill} />
          <path d="M4.8 8.2l2.2 2.2 4.2-4.6" {...mark} strokeLinejoin="round" />
        </>
      );
    case 'active':
      return (
        <>
          <circle cx="8" cy="8" r="6.1" {...line} />
          <circle cx="8" cy="8" r="2.8" fill={fill} />
        </>
      );
    case 'late':
      return (
        <>
          <path d="M1.5 3.5v9" {...line} />
          <path d="M3.5 8h5" {...line} strokeDasharray="1.4 2" />
          <path d="M9 3.6L15 8l-6 4.4z" fill={fill} />
        </>
      );
    case 'failed':
      return (
        <>
          <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill={fill} />
          <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" {...mark} />
        </>
      );
    case 'timed_out':
      return (
        <>
          <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill={fill} />
          <circle cx="8" cy="8" r="4" {...mark} strokeWidth={1.5} />
          <path d="M8 5.9V8l1.6 1" {...mark} strokeWidth={1.3} />
        </>
      );
    case 'missed':
      return (
        <>
          <path
            d="M8 1.8L15 14H1z"
            {...line}
            strokeWidth={1.6}
            strokeDasharray="2.4 1.6"
            strokeLinejoin="round"
          />
          <path d="M8 6.4v3.2" {...line} strokeWidth={1.6} />
          <circle cx="8" cy="11.8" r="0.95" fill={fill} />
        </>
      );
    case 'skipped':
      return (
        <>
          <path d="M8 1.4L14.6 8 8 14.6 1.4 8z" {...line} strokeWidth={1.6} strokeLinejoin="round" />
          <path d="M5.9 10.1l4.2-4.2" {...line} strokeWidth={1.6} />
        </>
      );
    case 'cancelled':
      return (
        <>
          <circle cx="8" cy="8" r="6.1" {...line} strokeWidth={1.6} />
          <path d="M4.6 11.4l6.8-6.8" {...line} strokeWidth={1.6} />
        </>
      );
    case 'paused':
      return (
        <>
          <rect x="2" y="2" width="12" height="12" rx="2" {...line} strokeWidth={1.4} />
          <path d="M6.2 5.4v5.2M9.8 5.4v5.2" {...line} strokeWidth={1.8} />
        </>
      );
    case 'running':
      return (
        <>
          <circle cx="8" cy="8" r="6.1" {...line} />
          <path d="M6.4 5.2L11 8l-4.6 2.8z" fill={fill} />
        </>
      );
    case 'queued':
      return <circle cx="8" cy="8" r="6.1" {...line} />;
    case 'scheduled':
      return <circle cx="8" cy="8" r="6.1" {...line} strokeDasharray="1 2.83" />;
    case 'retrying':
      return (
        <>
          <path d="M13.6 8A5.6 5.6 0 1 1 11.8 3.9" {...line} />
          <path d="M13.9 1.6v3.6h-3.6z" fill={fill} />
        </>
      );
  }
}
