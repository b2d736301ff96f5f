import type { LedgerColumnDto } from '#client';
import type { StatusKind } from '../components/status-kind.js';

export interface Slice {
  kind: StatusKind;
  count: number;
}

/** From the bottom of a column to its top: problems are on top, where they are seen. */
const STACK = [
  ['ran', 'ran'],
  ['running', 'running'],
  ['waiting', 'queued'],
  ['cancelled', 'cancelled'],
  ['skipped', 'skipped'],
  ['late', 'late'],
  ['failed', 'failed'],
  ['missed', 'missed'],
  ['forecast', 'scheduled'],
] as const satisfies [keyof LedgerColumnDto, StatusKind][];

export function slicesOf(column: LedgerColumnDto): Slice[] {
  return STACK.flatMap(([field, kind]) => (column[field] > 0 ? [{ kind, count: column[field] }] : []));
}

export function dueOf(column: LedgerColumnDto): number {
  return slicesOf(column).reduce((sum, { count }) => sum + count, 0);
}

/** The height of each slice: in proportion, but no problem so low that it is not seen. */
export function sliceHeights(slices: Slice[], height: number, least = 4): number[] {
  const total = slices.reduce((sum, { count }) => sum + count, 0);
  const heights = slices.map(({ count }) => Math.max(Math.min(least, height), (count / total) * height));
  let excess = heights.reduce((sum, one) => sum + one, 0) - height;
  // What the low ones were given comes from the highest.
  for (const index of [...heights.keys()].toSorted((a, b) => (heights[b] ?? 0) - (heights[a] ?? 0))) {
    const spare = Math.min(excess, Math.max(0, (heights[index] ?? 0) - least));
    heights[index] = (heights[index] ?? 0) - spare;
    excess -= spare;
  }
  return heights;
}
