import {
  arrowTo,
  type BarKind,
  escape,
  type LegendKind,
  markAt,
  type MarkKind,
  MARKS,
  STYLE,
} from './marks.js';

const WIDTH = 860;
const EDGE = 20;
const LABELS = 148;
const NOTES = 232;
const LANE = 36;
const TALL_LANE = 46;
const AXIS = 34;
const LEGEND_ROW = 24;
const NOTE_LINE = 16;

/** Times of a figure are milliseconds from any zero. */
export interface Axis {
  from: number;
  to: number;
  ticks: [at: number, label: string][];
  name?: string;
}

export interface Lane {
  label: string;
  sub?: string;
  /** Lines of words beside it. */
  note?: string[];
  /** Nominal times that are not where the mark is. */
  ticks?: number[];
  marks?: [at: number, kind: MarkKind][];
  bars?: [from: number, to: number, kind: BarKind, label?: string][];
  /** Bars above and below the middle of the lane, by so many pixels down. */
  stacked?: [from: number, to: number, kind: BarKind, down: number][];
  /** From when something was due to when it began. */
  late?: [due: number, began: number][];
  gaps?: [from: number, to: number, label: string][];
  height?: number;
}

export interface Figure {
  /** For those who do not see it. */
  title: string;
  description: string;
  axis: Axis;
  /** A line through all lanes. */
  flags?: { at: number; label: string }[];
  /** A hatched stretch through all lanes. */
  bands?: { from: number; to: number; label: string }[];
  lanes: Lane[];
  /** Other words than usual. */
  legend?: Partial<Record<LegendKind, string>>;
}

type Scale = (at: number) => number;
type Lines = (string | false | undefined | Lines)[];

/** A figure as SVG: lanes under a common axis of time, marks as in the dashboard's ledger. */
export function draw(figure: Figure): string {
  const { axis, lanes, flags = [], bands = [] } = figure;
  const axisHeight = axis.ticks.length > 0 ? AXIS : 0;
  const notes = lanes.some(({ note }) => note) ? NOTES : 0;
  const plot: Plot = { left: EDGE + LABELS, right: WIDTH - EDGE - notes - (notes ? 16 : 0), notes };
  const x: Scale = (at) =>
    round(plot.left + ((at - axis.from) / (axis.to - axis.from)) * (plot.right - plot.left));
  const top = 16 + (flags.length + bands.length > 0 ? 20 : 0);
  const line = top + axisHeight - 8;
  let bottom = top + axisHeight;
  const drawn = lanes.map((lane) => {
    const height = heightOf(lane);
    bottom += height;
    return laneOf(lane, x, plot, bottom - height, bottom - height / 2);
  });
  const legend = legendOf(figure, bottom + 16);
  return wrap(figure, bottom + 16 + legend.rows * LEGEND_ROW + 8, [
    bands.map((band) => bandOf(band, x, top, line, bottom)),
    axisHeight > 0 && axisOf(axis, x, plot, line),
    flags.map((flag) => flagOf(flag, x, top, line, bottom)),
    drawn,
    legend.lines,
  ]);
}

interface Plot {
  left: number;
  right: number;
  notes: number;
}

function heightOf({ sub, note = [], bars = [], height = 0 }: Lane): number {
  const isTall = sub !== undefined || note.length > 1 || bars.some(([, , , text]) => text);
  return Math.max(isTall ? TALL_LANE : LANE, note.length * NOTE_LINE + 14, height);
}

function wrap({ title, description }: Figure, height: number, body: Lines): string {
  const lines = (body.flat(9) as (string | false | undefined)[]).filter(Boolean);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">
  <title id="title">${escape(title)}</title>
  <desc id="description">${escape(description)}</desc>
${STYLE}
  <rect class="card" x=".5" y=".5" width="${WIDTH - 1}" height="${height - 1}" rx="10" />
${lines.map((one) => `  ${one}`).join('\n')}
</svg>
`;
}

function axisOf({ ticks, name }: Axis, x: Scale, { left, right }: Plot, y: number): Lines {
  return [
    name && `<text class="faint" x="${EDGE}" y="${y - 10}">${escape(name)}</text>`,
    `<path class="axis" d="M${left - 8} ${y}H${right + 8}" />`,
    ticks.map(([at, label]) => [
      `<path class="axis" d="M${x(at)} ${y - 4}V${y + 4}" />`,
      `<text class="faint" x="${x(at)}" y="${y - 10}" text-anchor="middle">${escape(label)}</text>`,
    ]),
  ];
}

function laneOf(lane: Lane, x: Scale, plot: Plot, top: number, y: number): Lines {
  const {
    label,
    sub,
    note = [],
    ticks = [],
    marks = [],
    bars = [],
    stacked = [],
    late = [],
    gaps = [],
  } = lane;
  const noteTop = y - ((note.length - 1) * NOTE_LINE) / 2 + 4;
  return [
    `<path class="lane" d="M${EDGE} ${top}H${WIDTH - EDGE}" />`,
    `<text class="name${codeClass(label)}" x="${EDGE}" y="${sub ? y - 3 : y + 4}">${escape(label)}</text>`,
    sub && `<text class="faint${codeClass(sub)}" x="${EDGE}" y="${y + 13}">${escape(sub)}</text>`,
    `<path class="rail" d="M${plot.left - 8} ${y}H${plot.right + 8}" />`,
    gaps.map(([from, to, text]) => [
      `<rect class="gap" x="${x(from)}" y="${y - 11}" width="${round(x(to) - x(from))}" height="22" rx="4" />`,
      `<text class="small onBand" x="${round((x(from) + x(to)) / 2)}" y="${y + 4}" text-anchor="middle">${escape(text)}</text>`,
    ]),
    ticks.map((at) => `<path class="nominal" d="M${x(at)} ${y - 9}V${y + 9}" />`),
    bars.map(([from, to, kind, text]) => barOf(x(from), x(to), y, kind, text)),
    stacked.map(([from, to, kind, down]) => barOf(x(from), x(to), y + down, kind)),
    late.map(([due, began]) => arrowTo(x(due), x(began) - 7, y)),
    marks.map(([at, kind]) => markAt(kind, x(at), y)),
    note.map(
      (text, index) =>
        `<text x="${WIDTH - EDGE - plot.notes}" y="${noteTop + index * NOTE_LINE}">${escape(text)}</text>`,
    ),
  ];
}

/** Cron expressions are told by their asterisks. */
function codeClass(text: string): string {
  return text.includes('*') ? ' code' : '';
}

function barOf(from: number, to: number, y: number, kind: BarKind, text?: string): Lines {
  const thickness = kind === 'wait' ? 2 : 10;
  return [
    `<rect class="bar-${kind}" x="${from}" y="${y - thickness / 2}" width="${round(Math.max(2, to - from))}" height="${thickness}" rx="${kind === 'wait' ? 1 : 4}" />`,
    kind === 'cut' && `<path class="cut-end" d="M${to} ${y - 9}V${y + 9}" />`,
    text &&
      `<text class="small onBand" x="${round((from + to) / 2)}" y="${y - 9}" text-anchor="middle">${escape(text)}</text>`,
  ];
}

function bandOf(
  { from, to, label }: { from: number; to: number; label: string },
  x: Scale,
  top: number,
  line: number,
  bottom: number,
): Lines {
  const [left, right] = [x(from), x(to)];
  return [
    `<rect class="band" x="${left}" y="${line}" width="${round(right - left)}" height="${bottom - line}" />`,
    `<text class="small" x="${round((left + right) / 2)}" y="${top - 4}" text-anchor="middle">${escape(label)}</text>`,
  ];
}

function flagOf(
  { at, label }: { at: number; label: string },
  x: Scale,
  top: number,
  line: number,
  bottom: number,
): Lines {
  return [
    `<path class="flag" d="M${x(at)} ${line}V${bottom}" />`,
    `<path class="flag-tip" d="M${x(at) - 4} ${line}h8l-4 6z" />`,
    `<text class="flag-text" x="${x(at)}" y="${top - 4}" text-anchor="middle">${escape(label)}</text>`,
  ];
}

/** The words for every mark and bar of the figure, in one order everywhere. */
function legendOf({ lanes, legend: words = {} }: Figure, top: number): { rows: number; lines: Lines } {
  const used = new Set<LegendKind>(
    lanes.flatMap((lane): LegendKind[] => [
      ...(lane.marks ?? []).map(([, kind]) => kind),
      ...(lane.bars ?? []).map(([, , kind]) => kind),
      ...(lane.stacked ?? []).map(([, , kind]) => kind),
      ...(lane.late?.length ? (['late'] as const) : []),
      ...(lane.ticks?.length ? (['nominal'] as const) : []),
      ...(lane.gaps?.length ? (['gap'] as const) : []),
    ]),
  );
  let [left, row] = [EDGE, 0];
  const lines = (Object.keys(MARKS) as LegendKind[])
    .filter((kind) => used.has(kind))
    .map((kind) => {
      const word = words[kind] ?? MARKS[kind];
      const width = 48 + word.length * 6.4;
      if (left + width > WIDTH - EDGE) [left, row] = [EDGE, row + 1];
      const [at, y] = [left, top + row * LEGEND_ROW + 8];
      left = round(left + width);
      return [sampleOf(kind, at, y), `<text x="${round(at + 26)}" y="${y + 4}">${escape(word)}</text>`];
    });
  return { rows: lines.length > 0 ? row + 1 : 0, lines };
}

function sampleOf(kind: LegendKind, left: number, y: number): Lines {
  switch (kind) {
    case 'gap':
      return [`<rect class="gap" x="${left}" y="${y - 7}" width="18" height="14" rx="3" />`];
    case 'late':
      return arrowTo(left, left + 18, y);
    case 'nominal':
      return [`<path class="nominal" d="M${left + 9} ${y - 8}V${y + 8}" />`];
    case 'run':
    case 'cut':
    case 'fail':
    case 'wait':
    case 'retry':
      return barOf(left, left + 18, y, kind);
    default:
      return markAt(kind, left + 9, y);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
