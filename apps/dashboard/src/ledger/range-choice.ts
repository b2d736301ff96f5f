import { integer } from '../shell/search-params.js';
import { serverNow } from '../time/server-clock.js';
import type { TimeRange } from './time-scale.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far back a range that goes with the time reaches; a quarter of it is forecast. */
export const PRESETS = { '6h': 6 * HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const;
export type Preset = keyof typeof PRESETS;

/** Those a Date can hold. */
const MOMENTS = { min: -8.64e15, max: 8.64e15 };

export const DEFAULT_PRESET: Preset = '24h';

/** As the address of a page has it: a preset, or two moments in epoch milliseconds. */
export interface RangeSearch {
  range?: Preset | undefined;
  from?: number | undefined;
  to?: number | undefined;
}

/** What of an address makes sense; the rest is left out. */
export function rangeSearchOf(search: Record<string, unknown>): RangeSearch {
  const { range } = search;
  const [from, to] = [integer(search['from'], MOMENTS), integer(search['to'], MOMENTS)];
  if (from !== undefined && to !== undefined && to - from >= MINUTE) return { from, to };
  return typeof range === 'string' && Object.hasOwn(PRESETS, range) ? { range: range as Preset } : {};
}

/** By whole minutes, so that what was read is not read again each time the page is drawn. */
export function rangeOf(
  { range = DEFAULT_PRESET, from, to }: RangeSearch,
  now: number = serverNow(),
): TimeRange {
  if (from !== undefined && to !== undefined) return { from, to };
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const back = PRESETS[range];
  return { from: minute - back, to: minute + back / 4 };
}
