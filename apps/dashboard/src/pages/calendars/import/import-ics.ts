import type { ImportReportDto } from '#client';
import { dataOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import type { IcsGiven } from './ics-input.js';

export const DEFAULT_SOURCE = 'import';

/** Takes the events of a file into a calendar, instead of those of the same source before. */
export function importIcs(id: string, { ics, source }: IcsGiven): Promise<ImportReportDto> {
  return dataOf(
    api.POST('/api/v1/calendars/{id}/import', {
      params: { path: { id }, query: { source: source.trim() || DEFAULT_SOURCE } },
      headers: { 'content-type': 'text/calendar' },
      body: { ics },
      // As it is: a file may be larger than JSON may be.
      bodySerializer: (body) => body.ics,
    }),
  );
}
