import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { usePreference } from '../shell/preferences.js';
import classes from './data-table.module.css';
import { TableHead } from './table-head.js';
import { TableRow } from './table-row.js';
import { useRowKeys } from './use-row-keys.js';
import { useSteadyRows } from './use-steady-rows.js';
import { useTop } from './use-top.js';
import { useWidth } from './use-width.js';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** A width of CSS grid: `120px`, `minmax(160px, 2fr)`. */
  width: string;
  /** Sorts by this name of the server; not given: cannot be sorted. */
  sortBy?: string;
  /** Left out where the table is narrower than so many pixels. */
  minTableWidth?: number;
  /** Holds a badge, of which narrow tables show the glyph only. */
  isBadge?: boolean;
  align?: 'end';
}

export interface Sort {
  by: string;
  isDescending: boolean;
}

export interface Selection {
  ids: ReadonlySet<string>;
  onChange: (ids: ReadonlySet<string>) => void;
}

export interface DataTableProps<Row> {
  /** What the rows are, for who listens: "Jobs". */
  label: string;
  rows: Row[];
  columns: Column<Row>[];
  idOf: (row: Row) => string;
  /** Names a row, for its checkbox. */
  nameOf: (row: Row) => string;
  /** Enter, or a click beside links and buttons. */
  onOpen?: (row: Row) => void;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  selection?: Selection;
  /** What is open below a row, as high as it needs to be; nothing for rows that are closed. */
  detailOf?: (row: Row) => ReactNode;
  /** The last row was scrolled to: read more. */
  onEnd?: () => void;
  /** Pixels; default: by the density chosen, 32 or 40. */
  rowHeight?: number;
}

const HEIGHTS = { compact: 32, comfortable: 40 };
const OVERSCAN = 12;
const NARROW = 560;
const GLYPH_WIDTH = '32px';

/**
 * A table of as many rows as there are: only those in view are drawn, and the page itself scrolls. Keys: `j` and `k` move, `x`
 * selects, Enter opens. Rows that would change places under the pointer or while some are selected stay where they are
 * until that is asked for.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, idOf, onOpen, selection, onEnd } = props;
  const [density] = usePreference('density');
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const body = useRef<HTMLDivElement>(null);
  const [isHovered, setHovered] = useState(false);
  const steady = useSteadyRows(props.rows, idOf, isHovered || (selection?.ids.size ?? 0) > 0);
  const { rows } = steady;
  const rowHeight = props.rowHeight ?? HEIGHTS[density];
  const offset = useTop(body);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: offset,
    getItemKey: (index) => idOf(rows[index] as Row),
  });
  const items = virtual.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? -1;
  useLayoutEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - 1) onEnd?.();
  }, [rows.length, lastDrawn, onEnd]);
  // The virtualiser keeps heights it has measured; another density is another height.
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight]);

  const { active, setActive } = useRowKeys({
    label,
    rows,
    idOf,
    ...(onOpen && { onOpen }),
    ...(selection && { selection }),
    show: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
    body,
  });

  // Not drawn wider than there is room for, not even before that is known.
  const shown = width === undefined ? [] : columns.filter(({ minTableWidth = 0 }) => width >= minTableWidth);
  const isNarrow = width !== undefined && width < NARROW;
  const widthOf = (column: Column<Row>) => (isNarrow && column.isBadge ? GLYPH_WIDTH : column.width);
  const template = [...(selection ? ['36px'] : []), ...shown.map(widthOf)].join(' ');
  const hold = { onPointerEnter: () => setHovered(true), onPointerLeave: () => setHovered(false) };

  return (
    <div className={classes.frame} ref={frame} data-narrow={isNarrow || undefined}>
      {steady.movedCount > 0 && (
        <button type="button" className={classes.moved} onClick={steady.settle}>
          {steady.movedCount === 1 ? '1 row moved' : `${steady.movedCount} rows moved`}: show
        </button>
      )}
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1} style={{ '--columns': template }}>
        <TableHead {...props} columns={shown} rows={rows} />
        <div
          role="rowgroup"
          ref={body}
          className={classes.body}
          style={{ height: virtual.getTotalSize() }}
          {...hold}
        >
          {items.map(({ index, key, start }) => {
            const row = rows[index] as Row;
            return (
              <TableRow
                key={key}
                {...props}
                columns={shown}
                row={row}
                index={index}
                isActive={active === idOf(row)}
                onActivate={() => setActive(idOf(row))}
                top={start - offset}
                height={rowHeight}
                measure={props.detailOf && virtual.measureElement}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
