import type { CalendarDto, Weekday, WeeklyWindowDto } from '#client';

/** In the order of a week. */
export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const satisfies Weekday[];

export const WEEKDAY_NAMES: Record<Weekday, string> = {
  MON: 'Monday',
  TUE: 'Tuesday',
  WED: 'Wednesday',
  THU: 'Thursday',
  FRI: 'Friday',
  SAT: 'Saturday',
  SUN: 'Sunday',
};

/** `Mon to Fri, 22:00 to 06:00 the day after`, `Sat and Sun, all day`. */
export function weeklyInWords({ days, from, to }: WeeklyWindowDto): string {
  const isAllDay = from === '00:00' && to === '24:00';
  const end = to > from ? to : `${to} the day after`;
  return `${daysInWords(days)}, ${isAllDay ? 'all day' : `${from} to ${end}`}`;
}

/** Runs of three days and more are told by their ends. */
function daysInWords(days: Weekday[]): string {
  if (days.length === WEEKDAYS.length) return 'Every day';
  const runs: Weekday[][] = [];
  for (const day of WEEKDAYS.filter((one) => days.includes(one))) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last !== undefined && WEEKDAYS.indexOf(day) === WEEKDAYS.indexOf(last) + 1) run.push(day);
    else runs.push([day]);
  }
  const parts = runs.flatMap((run) =>
    run.length > 2 ? [`${short(run[0])} to ${short(run.at(-1))}`] : run.map((day) => short(day)),
  );
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** What closes it, for a list: `12 dates, 2 weekly windows, 24 imported`. */
export function rulesInWords({ dates, weekly, imports }: CalendarDto): string {
  const imported = imports.reduce((sum, { events }) => sum + events, 0);
  const parts = [
    ...count(dates.length, 'date', 'dates'),
    ...count(weekly.length, 'weekly window', 'weekly windows'),
    ...count(imported, 'imported', 'imported'),
  ];
  return parts.length === 0 ? 'Nothing closes it yet' : parts.join(', ');
}

function count(number: number, one: string, many: string): string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
}

function short(day: Weekday | undefined): string {
  return day === undefined ? '' : WEEKDAY_NAMES[day].slice(0, 3);
}
