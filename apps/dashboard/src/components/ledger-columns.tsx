import { useId } from 'react';
import type { ColumnsGapDto, LedgerColumnDto } from '#client';
import { formatTime } from '../time/format-time.js';
import { columnParts, columnsInWords, type ColumnPart } from './ledger-column-parts.js';
import { STATUS } from './status-kind.js';

interface LedgerColumnsProps {
  /** Of equal width, as `GET /jobs/ledger-columns` counts them. */
  columns: LedgerColumnDto[];
  gaps: ColumnsGapDto[];
  /** Milliseconds. */
  from: number;
  to: number;
  now: number;
  /** By whose clock hints tell times. */
  zone: string;
  width: number;
  height: number;
}

const GAP_REASONS: Record<ColumnsGapDto['reason'], string> = {
  paused: 'Paused',
  scheduler_down: 'Chronos was down',
  system_paused: 'Everything was paused',
  job_ended: 'The job had ended',
  blackout: 'Closed by a calendar',
};

const SPACE = 1;

/**
 * What became of the due moments of a job, in stacked columns: quiet where all went well, the worst outcome on top where not,
 * hatched where it was paused, dotted what is to come. Hovered, a column says its counts.
 */
export function LedgerColumns(props: LedgerColumnsProps) {
  const { columns, gaps, from, to, now, zone, width, height } = props;
  const hatch = useId();
  const x = (at: number) => ((at - from) / (to - from)) * width;
  const step = width / Math.max(columns.length, 1);
  const time = (at: number) => formatTime(at, zone, 'short', now);
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={columnsInWords(columns) || 'Nothing was due'}
      style={{ display: 'block' }}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--skipped-tint)" />
          <rect width="2" height="6" fill="var(--skipped-fill)" opacity="0.6" />
        </pattern>
      </defs>
      {gaps.map((gap) => {
        const [start, end] = [Date.parse(gap.from), Date.parse(gap.until)];
        const left = x(Math.max(start, from));
        return (
          <rect
            key={gap.from}
            x={left}
            width={Math.max(x(Math.min(end, to)) - left, step - SPACE)}
            height={height}
            fill={`url(#${hatch})`}
            data-hint={`${GAP_REASONS[gap.reason]}\n${time(start)} to ${time(end)}\n${gap.count} due moments`}
          />
        );
      })}
      {columns.map((column, index) => {
        const parts = columnParts(column);
        if (parts.length === 0) return null;
        const start = Date.parse(column.from);
        const end = from + ((to - from) / columns.length) * (index + 1);
        return (
          <g key={column.from} data-hint={`${time(start)} to ${time(end)}\n${columnsInWords([column])}`}>
            <rect x={index * step} width={step} height={height} fill="transparent" />
            {stacked(parts, height).map(({ kind, y, height: tall }) => (
              <Part key={kind} kind={kind} x={index * step} y={y} width={step - SPACE} height={tall} />
            ))}
          </g>
        );
      })}
      <line x1={x(now)} x2={x(now)} y1={0} y2={height} stroke="var(--c-accent)" strokeWidth={1.5} />
    </svg>
  );
}

function stacked(parts: ColumnPart[], height: number) {
  let bottom = height;
  return parts.map(({ kind, share }) => {
    const tall = share * height;
    bottom -= tall;
    return { kind, y: bottom, height: tall };
  });
}

interface PartProps {
  kind: ColumnPart['kind'];
  x: number;
  y: number;
  width: number;
  height: number;
}

function Part({ kind, x, y, width, height }: PartProps) {
  const fill = kind === 'ran' ? 'var(--ran-quiet)' : `var(--${STATUS[kind].tone}-fill)`;
  const isOutline = kind === 'missed' || kind === 'scheduled' || kind === 'queued';
  if (!isOutline) return <rect x={x} y={y} width={width} height={Math.max(height - 0.5, 1)} fill={fill} />;
  return (
    <rect
      x={x + 0.75}
      y={y + 0.75}
      width={Math.max(width - 1.5, 1)}
      height={Math.max(height - 1.5, 1)}
      fill="none"
      stroke={fill}
      strokeWidth={kind === 'missed' ? 1.75 : 1}
      strokeDasharray={kind === 'scheduled' ? '2 2' : undefined}
    />
  );
}
