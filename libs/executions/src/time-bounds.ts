/**
 * The first and the last of some instants (epoch milliseconds; at least one), as statement parameters. Naming the range
 * of nominal times lets PostgreSQL plan for the partitions concerned and leave out all others.
 */
export function timeBounds(instants: number[]): [Date, Date] {
  return [new Date(Math.min(...instants)), new Date(Math.max(...instants))];
}
