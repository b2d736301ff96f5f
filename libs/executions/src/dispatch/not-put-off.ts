/**
 * Is a row not due later than a planner read? Between its look and its lock another one may have dispatched the
 * execution, and a worker have failed at it: it waits for its retry then, and that moment is not the one that was read.
 * @param row alias of executions
 * @param read alias of what was read, with `due_at` in whole milliseconds
 */
export function notPutOff(row: string, read: string): string {
  return `${row}.due_at < ${read}.due_at + interval '1 ms'`;
}
