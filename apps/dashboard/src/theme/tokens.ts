/**
 * The visual language of the dashboard, in one place. Components name these as CSS variables (`var(--c-surface)`,
 * `var(--failed-fill)`), never a colour itself. Texts have at least 4.5:1 on every surface and on their tint, fills
 * 3:1 on surface and canvas; the fills stay apart under deuteranopia, protanopia and tritanopia.
 */
export type Scheme = 'light' | 'dark';

type Both = readonly [light: string, dark: string];

export const SURFACES = {
  canvas: ['#F6F7F9', '#0C0F14'],
  surface: ['#FFFFFF', '#12161D'],
  sunken: ['#EDEFF3', '#1A2029'],
  text: ['#141A23', '#E8ECF2'],
  muted: ['#4A5464', '#B0BAC8'],
  faint: ['#5F6A7B', '#8F9BAC'],
  border: ['#D5DAE1', '#2B3441'],
  control: ['#7F8896', '#6B7789'],
  accent: ['#2557D6', '#7AA5FF'],
  'accent-hover': ['#1D48B8', '#97B9FF'],
  'on-accent': ['#FFFFFF', '#0B1220'],
  'on-danger': ['#FFFFFF', '#0B1220'],
  selected: ['#E6EDFD', '#1B2A4A'],
  overlay: ['rgb(20 26 35 / 45%)', 'rgb(0 0 0 / 60%)'],
  shadow: ['rgb(20 26 35 / 8%)', 'rgb(0 0 0 / 40%)'],
} as const satisfies Record<string, Both>;

/** What a due moment or a run can look like. `quiet`: in dense columns health recedes and problems stand out. */
export const TONES = {
  ran: {
    fill: ['#008564', '#89E3BD'],
    text: ['#00664C', '#89E3BD'],
    tint: ['#E1F4EE', '#10302A'],
    quiet: ['#A9D5C9', '#35705F'],
  },
  late: { fill: ['#BE8218', '#FEC437'], text: ['#7A5200', '#FEC437'], tint: ['#FCF2DC', '#332A10'] },
  failed: { fill: ['#AA0018', '#E15048'], text: ['#9C0016', '#FF8A80'], tint: ['#FBE8EA', '#3A1719'] },
  missed: { fill: ['#740068', '#DBA4FF'], text: ['#740068', '#DBA4FF'], tint: ['#F7E6F5', '#2D1D3C'] },
  skipped: { fill: ['#848F9F', '#878F9B'], text: ['#4F5A6B', '#AEB9C7'], tint: ['#EEF1F4', '#222A35'] },
  running: { fill: ['#3354D2', '#0072D3'], text: ['#2745B8', '#7DB4FF'], tint: ['#E7ECFC', '#10264A'] },
} as const satisfies Record<string, Record<string, Both>>;

export type Tone = keyof typeof TONES;

/** Every token as a CSS variable, for one scheme. */
export function cssVariables(scheme: Scheme): Record<string, string> {
  const of = (both: Both) => both[scheme === 'light' ? 0 : 1];
  return Object.fromEntries([
    ...Object.entries(SURFACES).map(([name, both]) => [`--c-${name}`, of(both)]),
    ...Object.entries(TONES).flatMap(([tone, parts]) =>
      Object.entries(parts).map(([part, both]) => [`--${tone}-${part}`, of(both as Both)]),
    ),
  ]) as Record<string, string>;
}
