import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { Column, DataTableProps, Sort } from './data-table.js';
import classes from './data-table.module.css';

/** The names of a table's columns: they sort it, and the first box selects all its rows. */
export function TableHead<Row>({ columns, rows, idOf, selection, sort, onSort }: DataTableProps<Row>) {
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
