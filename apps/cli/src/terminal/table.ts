import { oneLine } from './visible.js';
import type { Style } from './output.js';

export interface Column<Row> {
  title: string;
  of: (row: Row) => string | number | null | undefined;
  style?: (row: Row) => Style | undefined;
}

type Paint = (style: Style | undefined, text: string) => string;

/** Columns as wide as they need, two spaces between them; what is absent is a `-`. */
export function renderTable<Row>(columns: Column<Row>[], rows: Row[], paint: Paint): string {
  const cells = rows.map((row) => columns.map(({ of }) => textOf(of(row))));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
  const lineOf = (texts: string[], styleOf: (index: number) => Style | undefined) =>
    texts
      .map((text, index) => {
        const padding = ' '.repeat(index === texts.length - 1 ? 0 : (widths[index] ?? 0) - text.length);
        return paint(styleOf(index), text) + padding;
      })
      .join('  ');
  return [
    lineOf(
      columns.map(({ title }) => title),
      () => 'bold',
    ),
    ...rows.map((row, at) => lineOf(cells[at] ?? [], (index) => columns[index]?.style?.(row))),
  ].join('\n');
}

function textOf(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? '-' : oneLine(String(value));
}
