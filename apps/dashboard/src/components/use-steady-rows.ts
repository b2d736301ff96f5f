import { useState } from 'react';
import { steadyRows } from './steady-rows.js';

/**
 * Rows that keep their places while they are held (pointed at, selected): newer data go into the places the rows have, new
 * rows to the end, and `movedCount` says how many would stand elsewhere. Not held, or settled, they are in the order given.
 */
export function useSteadyRows<Row>(rows: Row[], idOf: (row: Row) => string, isHeld: boolean) {
  const [order, setOrder] = useState<string[]>();
  const [heldFor, setHeldFor] = useState(false);
  // The order at the moment the hold began; set while rendering, as React advises for state that follows props.
  if (isHeld !== heldFor) {
    setHeldFor(isHeld);
    setOrder(isHeld ? rows.map(idOf) : undefined);
  }
  const { rows: shown, movedCount } = steadyRows(rows, idOf, order);
  return { rows: shown, movedCount, settle: () => setOrder(rows.map(idOf)) };
}
