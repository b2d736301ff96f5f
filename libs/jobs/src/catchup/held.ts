/**
 * SQL: is this execution a misfire that waits for a review?
 * @param alias of `executions` in the statement
 */
export function heldSql(alias: string): string {
  return `${alias}.status = 'scheduled' AND ${alias}.due_at = 'infinity'`;
}
