import { Checkbox } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { usePreference } from '../shell/preferences.js';
import classes from './data-table.module.css';
import { useRowKeys } from './use-row-keys.js';
import { useSteadyRows } from './use-steady-rows.js';

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

interface DataTableProps<Row> {
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
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
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

  const shown = columns.filter(({ minTableWidth = 0 }) => width === 0 || width >= minTableWidth);
  const isNarrow = width > 0 && width < NARROW;
  const widthOf = (column: Column<Row>) => (isNarrow && column.isBadge ? GLYPH_WIDTH : column.width);
  const template = [...(selection ? ['36px'] : []), ...shown.map(widthOf)].join(' ');
  const hold = { onPointerEnter: () => setHovered(true), onPointerLeave: () => setHovered(false) };

  return (
    <div className={classes.frame} ref={useMergedRef(sizeRef)} data-narrow={isNarrow || undefined}>
      {steady.movedCount > 0 && (
        <button type="button" className={classes.moved} onClick={steady.settle}>
          {steady.movedCount === 1 ? '1 row moved' : `${steady.movedCount} rows moved`}: show
        </button>
      )}
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1} style={{ '--columns': template }}>
        <Head {...props} columns={shown} rows={rows} />
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
              <BodyRow
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

function Head<Row>({ columns, rows, idOf, selection, sort, onSort }: DataTableProps<Row>) {
  const ids = rows.map(idOf);
  const selected = selection ? ids.filter((id) => selection.ids.has(id)).length : 0;
  const isAll = selected > 0 && selected === ids.length;
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.row}>
        {selection && (
          <div role="columnheader" className={classes.check}>
            <Checkbox
              size="xs"
              aria-label={isAll ? 'Select none' : 'Select all rows'}
              checked={isAll}
              indeterminate={selected > 0 && !isAll}
              disabled={ids.length === 0}
              onChange={() => selection.onChange(isAll ? new Set() : new Set([...selection.ids, ...ids]))}
            />
          </div>
        )}
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            className={classes.headCell}
            data-align={column.align}
            data-badge={column.isBadge}
            aria-sort={ariaSort(column, sort)}
          >
            {column.sortBy !== undefined && onSort ? (
              <SortButton column={column} sort={sort} onSort={onSort} />
            ) : (
              <span className={classes.word}>{column.header}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface SortButtonProps<Row> {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
}

function SortButton<Row>({ column: { header, sortBy = '' }, sort, onSort }: SortButtonProps<Row>) {
  const isSorted = sort?.by === sortBy;
  const Icon = isSorted ? (sort.isDescending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
  return (
    <button
      type="button"
      className={classes.sort}
      data-sorted={isSorted || undefined}
      onClick={() => onSort({ by: sortBy, isDescending: isSorted ? !sort.isDescending : false })}
    >
      <span className={classes.word}>{header}</span>
      <Icon size={13} aria-hidden="true" />
    </button>
  );
}

function ariaSort<Row>({ sortBy }: Column<Row>, sort: Sort | undefined) {
  if (sortBy === undefined) return undefined;
  if (sort?.by !== sortBy) return 'none' as const;
  return sort.isDescending ? ('descending' as const) : ('ascending' as const);
}

interface BodyRowProps<Row> extends DataTableProps<Row> {
  row: Row;
  index: number;
  isActive: boolean;
  onActivate: () => void;
  top: number;
  height: number;
  /** Where heights differ: tells the virtualiser this one's. */
  measure: ((element: HTMLElement | null) => void) | undefined;
}

function BodyRow<Row>(props: BodyRowProps<Row>) {
  const { row, index, columns, idOf, nameOf, onOpen, selection, isActive, onActivate, detailOf } = props;
  const { top, height, measure } = props;
  const detail = detailOf?.(row);
  const id = idOf(row);
  const isSelected = selection?.ids.has(id) ?? false;
  const open = (event: MouseEvent) => {
    onActivate();
    // Links and controls do what they do by themselves; a text that is being marked is no click.
    const isControl =
      event.target instanceof Element && event.target.closest('a, button, input, label') !== null;
    if (!isControl && getSelection()?.isCollapsed !== false) onOpen?.(row);
  };
  return (
    <div
      role="presentation"
      ref={measure}
      data-index={index}
      className={classes.item}
      style={{ transform: `translateY(${top}px)` }}
    >
      {/* The keys of a row are those of the table, bound once for all rows (`useRowKeys`). */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        role="row"
        aria-rowindex={index + 2}
        aria-selected={selection ? isSelected : undefined}
        className={classes.row}
        data-row={id}
        data-active={isActive || undefined}
        data-openable={onOpen !== undefined || undefined}
        tabIndex={-1}
        style={{ height }}
        onClick={open}
      >
        {selection && (
          <div role="cell" className={classes.check}>
            <Checkbox
              size="xs"
              aria-label={`Select ${nameOf(row)}`}
              checked={isSelected}
              onChange={() => selection.onChange(toggled(selection.ids, id))}
            />
          </div>
        )}
        {columns.map((column) => (
          <div
            key={column.id}
            role="cell"
            className={classes.cell}
            data-align={column.align}
            data-badge={column.isBadge}
          >
            {column.cell(row)}
          </div>
        ))}
      </div>
      {Boolean(detail) && (
        <div role="row">
          <div role="cell" aria-colspan={columns.length}>
            {detail}
          </div>
        </div>
      )}
    </div>
  );
}

export function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** How far below the top of the page an element begins; what stands above it may change its height. */
function useTop(ref: { current: HTMLElement | null }): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (ref.current) setTop(Math.round(ref.current.getBoundingClientRect().top + scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [ref]);
  return top;
}
