export { CalendarEntity } from './calendar.entity.js';
export { insertCalendar, lockCalendar, putRules, retireCalendar, updateCalendar } from './calendar-store.js';
export { CalendarVersionEntity } from './calendar-version.entity.js';
export type { CalendarView, StoredCalendar } from './calendar-view.js';
export { CalendarsModule } from './calendars.module.js';
export {
  type CalendarList,
  type CalendarPosition,
  FindCalendars,
  type WindowView,
} from './find-calendars.service.js';
export { explainClosings } from './explain-closings.js';
export { holdCalendars } from './hold-calendars.js';
export type { IcsReport } from './ics/read-ics.js';
export { closingsSince, loadClosings, type LoadedClosings, presentClosings } from './load-closings.js';
export { resolveRules, type RulesInput } from './rules/resolve-rules.js';
export { withImport, withoutImport } from './rules/with-import.js';
