/**
 * Rows in an order they had before: those that are gone are left out, those that are new come last.
 * @param order ids as they stood; undefined: as given
 */
export function steadyRows<Row>(
  rows: Row[],
  idOf: (row: Row) => string,
  order: string[] | undefined,
): { rows: Row[]; movedCount: number } {
  if (!order) return { rows, movedCount: 0 };
  const place = new Map(order.map((id, index) => [id, index]));
  const known = rows.filter((row) => place.has(idOf(row)));
  const fresh = rows.filter((row) => !place.has(idOf(row)));
  const kept = known.toSorted((a, b) => (place.get(idOf(a)) ?? 0) - (place.get(idOf(b)) ?? 0));
  const steady = [...kept, ...fresh];
  return { rows: steady, movedCount: steady.filter((row, index) => row !== rows[index]).length };
}
