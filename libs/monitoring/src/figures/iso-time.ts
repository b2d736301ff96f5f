/** SQL that writes a column of instants as ISO 8601 in UTC, as every answer has them. Connections are set to UTC. */
export function isoTime(column: string): string {
  return `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
