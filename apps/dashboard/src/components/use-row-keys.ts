import { type RefObject, useState } from 'react';
import { useKeys } from '../shell/keys.js';
import type { Selection } from './data-table.js';
import { toggled } from './toggled.js';

interface RowKeysOptions<Row> {
  label: string;
  rows: Row[];
  idOf: (row: Row) => string;
  onOpen?: (row: Row) => void;
  selection?: Selection;
  /** Scrolls a row into view. */
  show: (index: number) => void;
  body: RefObject<HTMLElement | null>;
}

/** The keys of a table, and the row they are at. */
export function useRowKeys<Row>({ label, rows, idOf, onOpen, selection, show, body }: RowKeysOptions<Row>) {
  const [active, setActive] = useState<string>();
  const at = rows.findIndex((row) => idOf(row) === active);
  const move = (step: number) => {
    const index = Math.min(Math.max(at + step, 0), rows.length - 1);
    const row = rows[index];
    if (!row) return;
    const id = idOf(row);
    setActive(id);
    show(index);
    // Drawn by then, where it was out of view.
    requestAnimationFrame(() =>
      body.current
        ?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
        ?.focus({ preventScroll: true }),
    );
  };
  const atActive = (act: (row: Row) => void) => () => {
    const row = rows[at];
    if (row) act(row);
  };
  useKeys(label, [
    { keys: 'j', label: 'Next row', run: () => move(1) },
    { keys: 'k', label: 'Row before', run: () => move(at === -1 ? 1 : -1) },
    ...(selection
      ? [
          {
            keys: 'x',
            label: 'Select the row',
            run: atActive((row) => selection.onChange(toggled(selection.ids, idOf(row)))),
          },
        ]
      : []),
    ...(onOpen && at !== -1 ? [{ keys: 'Enter', label: 'Open the row', run: atActive(onOpen) }] : []),
  ]);
  return { active, setActive };
}
