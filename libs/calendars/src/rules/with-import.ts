import { type CalendarRules, ChronosError } from '#contracts';
import type { IcsReport } from '../ics/read-ics.js';

/** Closures of one calendar, of all its sources together. */
const MAX_EVENTS = 10_000;
const MAX_SOURCES = 20;

export interface ImportedRules {
  rules: CalendarRules;
  report: IcsReport;
  /** How many closures of the source went. */
  replaced: number;
}

/**
 * The rules with the events of an iCalendar file in place of what came from the source before.
 * @param now epoch milliseconds
 * @throws ChronosError VALIDATION_FAILED where the text is no such file, or makes the calendar too large
 */
export async function withImport(
  rules: CalendarRules,
  { ics, source }: { ics: string; source: string },
  now: number,
): Promise<ImportedRules> {
  // Only who imports needs the parser, and loading it takes its time.
  const { readIcs } = await import('../ics/read-ics.js');
  const { closures, report } = await readIcs(ics, rules.timezone, now);
  const { rules: others, replaced } = withoutImport(rules, source);
  if (others.imports.length >= MAX_SOURCES) {
    throw ChronosError.invalid(
      'source',
      `is one too many: a calendar has imports of at most ${MAX_SOURCES} sources`,
    );
  }
  const total = others.imports.reduce((sum, { events }) => sum + events.length, closures.length);
  if (total > MAX_EVENTS) {
    throw ChronosError.invalid('ics', `makes ${total} closures in all; a calendar has at most ${MAX_EVENTS}`);
  }
  const added = { source, importedAt: new Date(now).toISOString(), events: closures };
  return { rules: { ...others, imports: [...others.imports, added] }, report, replaced };
}

/** The rules without what came from a source, and how many closures that were. */
export function withoutImport(
  rules: CalendarRules,
  source: string,
): { rules: CalendarRules; replaced: number } {
  const gone = rules.imports.find((one) => one.source === source);
  const imports = rules.imports.filter((one) => one.source !== source);
  return { rules: { ...rules, imports }, replaced: gone?.events.length ?? 0 };
}
