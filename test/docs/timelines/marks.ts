export type MarkKind =
  | 'ran'
  | 'lateRun'
  | 'failed'
  | 'missed'
  | 'skipped'
  | 'cancelled'
  | 'forecast'
  | 'held';
export type BarKind = 'run' | 'fail' | 'cut' | 'wait' | 'retry';
export type LegendKind = MarkKind | BarKind | 'nominal' | 'late' | 'gap';

/** What each is called in a legend, in the order of legends. The marks are those of the dashboard's ledger. */
export const MARKS: Record<LegendKind, string> = {
  nominal: 'nominal time',
  ran: 'ran',
  lateRun: 'ran late',
  late: 'began late',
  failed: 'failed',
  missed: 'missed',
  skipped: 'skipped',
  cancelled: 'cancelled',
  run: 'running',
  fail: 'running, then failed',
  cut: 'ended early',
  wait: 'waiting',
  retry: 'waiting to be tried again',
  gap: 'gap',
  forecast: 'to come',
  held: 'held back',
};

/** Shown on light pages and dark ones. */
export const STYLE = `  <style>
    svg { --canvas: #F6F7F9; --text: #141A23; --muted: #4A5464; --faint: #5F6A7B; --border: #D5DAE1; --line: #7F8896; --accent: #2557D6; --ran: #008564; --on: #FFFFFF; --late: #BE8218; --on-late: #141A23; --failed: #AA0018; --missed: #740068; --skipped: #848F9F; --run: #3354D2; --tint: #EDEFF3; }
    @media (prefers-color-scheme: dark) {
      svg { --canvas: #0C0F14; --text: #E8ECF2; --muted: #B0BAC8; --faint: #8F9BAC; --border: #2B3441; --line: #6B7789; --accent: #7AA5FF; --ran: #89E3BD; --on: #0B1220; --late: #FEC437; --on-late: #0B1220; --failed: #E15048; --missed: #DBA4FF; --skipped: #878F9B; --run: #4C9BEF; --tint: #1A2029; }
    }
    text { font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--muted); }
    .name { font-weight: 600; fill: var(--text); }
    .faint { font-size: 12px; fill: var(--faint); }
    .small { font-size: 11px; fill: var(--muted); }
    .card { fill: var(--canvas); stroke: var(--border); }
    .axis { stroke: var(--line); }
    .lane { stroke: var(--border); }
    .rail { stroke: var(--border); stroke-dasharray: 2 4; }
    .nominal { stroke: var(--line); stroke-width: 1.5; }
    .flag { stroke: var(--accent); stroke-width: 1.5; }
    .flag-text { font-size: 12px; font-weight: 600; fill: var(--accent); }
    .band, .gap { fill: url(#hatch); stroke: var(--line); stroke-width: .75; }
    .band { stroke: none; opacity: .8; }
    .hatch { stroke: var(--line); stroke-width: 1; opacity: .55; }
    .onBand { paint-order: stroke; stroke: var(--canvas); stroke-width: 5px; stroke-linejoin: round; }
    .ran { fill: var(--ran); }
    .lateRun { fill: var(--late); }
    .late-glyph { fill: none; stroke: var(--on-late); stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
    .flag-tip { fill: var(--accent); }
    .code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .failed { fill: var(--failed); }
    .glyph { fill: none; stroke: var(--on); stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
    .missed { fill: var(--canvas); stroke: var(--missed); stroke-width: 1.5; stroke-dasharray: 2.5 1.5; }
    .missed-glyph { fill: none; stroke: var(--missed); stroke-width: 1.75; stroke-linecap: round; }
    .skipped { fill: var(--canvas); stroke: var(--skipped); stroke-width: 1.75; }
    .forecast { fill: var(--canvas); stroke: var(--run); stroke-width: 1.75; stroke-dasharray: 1.5 2.2; }
    .held { fill: var(--canvas); stroke: var(--skipped); stroke-width: 1.75; stroke-dasharray: 1.5 2.2; }
    .late-line { stroke: var(--late); stroke-width: 1.75; stroke-dasharray: 2 2; fill: none; }
    .late-tip { fill: var(--late); }
    .bar-run { fill: var(--ran); }
    .bar-fail { fill: var(--failed); }
    .bar-cut { fill: var(--skipped); }
    .cut-end { stroke: var(--skipped); stroke-width: 2; }
    .bar-wait { fill: var(--late); }
    .bar-retry { fill: var(--late); opacity: .5; }
  </style>
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M3 0V6" /></pattern>
  </defs>`;

const SHAPES: Record<MarkKind, (x: number, y: number) => string[]> = {
  ran: (x, y) => [
    `<circle class="ran" cx="${x}" cy="${y}" r="7" />`,
    `<path class="glyph" d="M${x - 3} ${y}l2.2 2.4 4 -4.6" />`,
  ],
  lateRun: (x, y) => [
    `<circle class="lateRun" cx="${x}" cy="${y}" r="7" />`,
    `<path class="late-glyph" d="M${x - 3.6} ${y}h6.6m-2.6 -2.8l2.8 2.8 -2.8 2.8" />`,
  ],
  failed: (x, y) => [
    `<rect class="failed" x="${x - 6.5}" y="${y - 6.5}" width="13" height="13" rx="2" />`,
    `<path class="glyph" d="M${x - 2.8} ${y - 2.8}l5.6 5.6m0 -5.6l-5.6 5.6" />`,
  ],
  missed: (x, y) => [
    `<path class="missed" d="M${x} ${y - 8}l8 14h-16z" />`,
    `<path class="missed-glyph" d="M${x} ${y - 2.5}v3.5m0 2.8v.1" />`,
  ],
  skipped: (x, y) => [
    `<path class="skipped" d="M${x} ${y - 7.5}l7.5 7.5 -7.5 7.5 -7.5 -7.5z" />`,
    `<path class="skipped" d="M${x - 3} ${y + 3}l6 -6" />`,
  ],
  cancelled: (x, y) => [
    `<circle class="skipped" cx="${x}" cy="${y}" r="7" />`,
    `<path class="skipped" d="M${x - 4} ${y + 4}l8 -8" />`,
  ],
  forecast: (x, y) => [`<circle class="forecast" cx="${x}" cy="${y}" r="6.5" />`],
  held: (x, y) => [`<circle class="held" cx="${x}" cy="${y}" r="6.5" />`],
};

export function markAt(kind: MarkKind, x: number, y: number): string[] {
  return SHAPES[kind](x, y);
}

/** From the time something was due to the moment it began. */
export function arrowTo(from: number, to: number, y: number): string[] {
  return [
    `<path class="late-line" d="M${from} ${y - 6}V${y + 6}M${from} ${y}H${to - 8}" />`,
    `<path class="late-tip" d="M${to - 9} ${y - 5.5}l10 5.5 -10 5.5z" />`,
  ];
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
