import type { Finding } from './watch.js';

const HEADER = ['job', 'type', 'scheduled', 'started', 'lateness', 'attempts', 'outcome'];

/** The findings as a table for a terminal. */
export function table(findings: Finding[]): string {
  const rows = [HEADER, ...findings.map(cells)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells({ job, execution, fault }: Finding): string[] {
  return [
    job.label,
    String(job.body['type']),
    time(execution?.scheduledFor),
    time(execution?.startedAt),
    lateness(execution?.latenessMs),
    String(execution?.attempt ?? '-'),
    fault ? `WRONG: ${fault}` : (execution?.status ?? '-'),
  ];
}

function lateness(ms: number | null | undefined): string {
  return typeof ms === 'number' ? `${ms} ms` : '-';
}

function time(iso: string | null | undefined): string {
  return iso ? iso.slice(11, 23) : '-';
}
