export { CalendarEntity } from './calendar.entity.js';
export { CalendarVersionEntity } from './calendar-version.entity.js';
export { closingsSince, loadClosings, type LoadedClosings, presentClosings } from './load-closings.js';
export { holdCalendars } from './hold-calendars.js';
