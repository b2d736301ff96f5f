import type { ClosedWindowDto } from '#client';

/** Minutes of a day on the clocks of the calendar, the end not included. */
export type Stretch = readonly [from: number, to: number];

export interface ClosedDay {
  /** In order; none touch. */
  stretches: Stretch[];
  isWhole: boolean;
  /** Why, each once. */
  labels: string[];
}

const DAY = 24 * 60;
const DAY_MS = 86_400_000;
const UNNAMED = { weekly: 'Weekly', date: 'Closed day', event: 'Event' } as const;

/** The days of a year on which a calendar is closed, by date (`2030-12-24`), as the clocks of its zone show them. */
export function closedDays(windows: ClosedWindowDto[], year: number): Map<string, ClosedDay> {
  const found = new Map<string, { stretches: Stretch[]; labels: Set<string> }>();
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  for (const window of windows) {
    const [begin, end] = [local(window.localFrom), local(window.localTo)];
    const start = begin.date < first ? first : begin.date;
    for (let date = start; date <= end.date && date <= last; date = dayAfter(date)) {
      const from = date === begin.date ? begin.minute : 0;
      const to = date === end.date ? end.minute : DAY;
      if (to <= from) continue;
      const day = found.get(date) ?? { stretches: [], labels: new Set<string>() };
      day.stretches.push([from, to]);
      day.labels.add(labelOf(window));
      found.set(date, day);
    }
  }
  return new Map(
    [...found].map(([date, { stretches, labels }]) => {
      const merged = merge(stretches);
      return [date, { stretches: merged, isWhole: isWhole(merged), labels: [...labels] }];
    }),
  );
}

/** `Closed all day: Christmas`, `Closed 00:00 to 06:00, 22:00 to 24:00: Nights`. */
export function inWords({ stretches, isWhole: whole, labels }: ClosedDay): string {
  const when = whole ? 'all day' : stretches.map(([from, to]) => `${clock(from)} to ${clock(to)}`).join(', ');
  return `Closed ${when}: ${labels.join(', ')}`;
}

/** What a window is called; one that nobody named by what it is. */
export function labelOf({ label, kind, source }: Pick<ClosedWindowDto, 'label' | 'kind' | 'source'>): string {
  return label ?? source ?? UNNAMED[kind];
}

/** `2030-12-24T22:00:00+01:00` as its clock shows it. */
function local(text: string): { date: string; minute: number } {
  const [date = '', time = ''] = text.split('T');
  return { date, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) };
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function merge(stretches: Stretch[]): Stretch[] {
  const merged: [number, number][] = [];
  for (const [from, to] of stretches.toSorted(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function isWhole([only, ...others]: Stretch[]): boolean {
  return only !== undefined && others.length === 0 && only[0] === 0 && only[1] === DAY;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
