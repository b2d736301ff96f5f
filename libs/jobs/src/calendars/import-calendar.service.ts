import { Injectable } from '@nestjs/common';
import { type CalendarView, type IcsReport, withImport, withoutImport } from '#calendars';
import { type Actor, ChronosError } from '#contracts';
import { ChangeCalendar } from './change-calendar.service.js';

export interface CalendarImportReport {
  calendar: CalendarView;
  source: string;
  /** Closures of the same source that went. */
  replaced: number;
  report: IcsReport;
}

/** Takes events of iCalendar files into calendars, and out of them. */
@Injectable()
export class ImportCalendar {
  constructor(private readonly changeCalendar: ChangeCalendar) {}

  /**
   * Replaces what was imported of the same source. The file is read before anything is locked.
   * @throws ChronosError VALIDATION_FAILED, NOT_FOUND, FORBIDDEN, VERSION_CONFLICT
   */
  async run(
    actor: Actor,
    id: string,
    file: { ics: string; source: string },
    expectedVersion?: number,
  ): Promise<CalendarImportReport> {
    const before = await this.changeCalendar.changeable(actor, id, expectedVersion);
    const { report, replaced, rules } = await withImport(before.rules, file, Date.now());
    // Whoever changes it meanwhile changes what the file was read against.
    const calendar = await this.changeCalendar.replaceRules(
      actor,
      id,
      before.version,
      'calendar.import',
      rules,
    );
    return { calendar, source: file.source, replaced, report };
  }

  /** @throws ChronosError NOT_FOUND where there is no such calendar or nothing of that source in it, FORBIDDEN, VERSION_CONFLICT */
  async remove(actor: Actor, id: string, source: string, expectedVersion?: number): Promise<CalendarView> {
    const before = await this.changeCalendar.changeable(actor, id, expectedVersion);
    if (!before.rules.imports.some((one) => one.source === source)) {
      throw new ChronosError(
        'NOT_FOUND',
        `Nothing was imported into the calendar from a source "${source}".`,
      );
    }
    const { rules } = withoutImport(before.rules, source);
    return this.changeCalendar.replaceRules(actor, id, before.version, 'calendar.import', rules);
  }
}
