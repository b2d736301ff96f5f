import type { AuditView } from '#audit';
import type { ExportFormat } from './dto/audit-query.dto.js';

const COLUMNS = [
  'id',
  'occurredAt',
  'actorId',
  'actorEmail',
  'apiKeyId',
  'action',
  'targetType',
  'targetId',
  'jobId',
  'before',
  'after',
  'requestId',
  'address',
] as const satisfies (keyof AuditView)[];

export const CONTENT_TYPES: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

/** The lines of a file of events: JSON objects, or CSV by RFC 4180 with a line of names first. */
export async function* exportLines(
  events: AsyncIterable<AuditView>,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  for await (const event of events) yield format === 'csv' ? csvLine(event) : `${JSON.stringify(event)}\n`;
}

function csvLine(event: AuditView): string {
  const cells = COLUMNS.map((column) => {
    const value = event[column];
    return cell(typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? ''));
  });
  return `${cells.join(',')}\r\n`;
}

/** A spreadsheet takes what begins like a formula for one: an apostrophe before it keeps it a text (OWASP, "CSV Injection"). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
