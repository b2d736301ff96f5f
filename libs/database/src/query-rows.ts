/** Anything that runs SQL: a data source, a transaction's manager, a query runner. */
export interface SqlRunner {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/**
 * The rows of a statement, whatever its kind. TypeORM answers `[rows, count]` to UPDATE and DELETE and plain
 * rows to all else; here it is always rows.
 */
export async function queryRows<Row>(
  runner: SqlRunner,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const raw = await runner.query(sql, parameters);
  if (!Array.isArray(raw)) return [];
  const isCounted = raw.length === 2 && Array.isArray(raw[0]) && typeof raw[1] === 'number';
  return (isCounted ? raw[0] : raw) as Row[];
}
