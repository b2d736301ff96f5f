import { Checkbox } from '@mantine/core';
import type { MouseEvent } from 'react';
import type { DataTableProps } from './data-table.js';
import classes from './data-table.module.css';
import { toggled } from './toggled.js';

interface TableRowProps<Row> extends DataTableProps<Row> {
  row: Row;
  index: number;
  isActive: boolean;
  onActivate: () => void;
  top: number;
  height: number;
  /** Where heights differ: tells the virtualiser this one's. */
  measure: ((element: HTMLElement | null) => void) | undefined;
}

/** One row of a table where the virtualiser wants it, with what is open below it. */
export function TableRow<Row>(props: TableRowProps<Row>) {
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
