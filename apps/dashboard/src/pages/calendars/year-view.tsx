import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Card } from '../../components/card.js';
import { type ClosedDay, inWords } from './closed-days.js';
import { WEEKDAY_NAMES, WEEKDAYS } from './rules-in-words.js';
import classes from './year-view.module.css';

const MONTHS = Array.from({ length: 12 }, (_, month) => month);
const MONTH_NAME = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
const MINUTES = 24 * 60;
const BLANK = '\u00a0';

interface YearViewProps {
  year: number;
  days: Map<string, ClosedDay>;
  /** On the clocks of the calendar: `2030-12-24`. */
  today: string;
}

/** A year at a glance, a table a month: which days are closed, and which hours of those that are so in part. */
export function YearView({ year, days, today }: YearViewProps) {
  return (
    <Card title={`Closed in ${year}`} aside={<Years year={year} />}>
      <div className={classes.year}>
        {MONTHS.map((month) => (
          <Month key={month} year={year} month={month} days={days} today={today} />
        ))}
      </div>
      <p className={classes.legend}>
        <span>
          <span className={classes.sample} data-closed="all" aria-hidden="true" /> closed all day
        </span>
        <span>
          <span className={classes.sample} aria-hidden="true">
            <Hours
              stretches={[
                [0, 360],
                [1320, 1440],
              ]}
            />
          </span>{' '}
          closed at these hours, from midnight to midnight
        </span>
        <span>
          <span className={classes.sample} data-today aria-hidden="true" /> today
        </span>
      </p>
    </Card>
  );
}

function Years({ year }: { year: number }) {
  const to = (other: number, label: string, Icon: typeof IconChevronLeft) => (
    <ActionIcon
      size={24}
      aria-label={label}
      renderRoot={(props) => (
        <Link
          to="."
          search={(search) => ({ ...search, year: other }) as never}
          resetScroll={false}
          {...props}
        />
      )}
    >
      <Icon size={16} />
    </ActionIcon>
  );
  return (
    <span className={classes.years}>
      {to(year - 1, `The year ${year - 1}`, IconChevronLeft)}
      {year}
      {to(year + 1, `The year ${year + 1}`, IconChevronRight)}
    </span>
  );
}

function Month({ year, month, days, today }: YearViewProps & { month: number }) {
  return (
    <table className={classes.month}>
      <caption>{monthName(year, month)}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col" abbr={WEEKDAY_NAMES[day]}>
              {WEEKDAY_NAMES[day].slice(0, 1)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map(({ lead, dates }) => (
          <tr key={dates[0]}>
            {lead > 0 && <td colSpan={lead}>{BLANK}</td>}
            {dates.map((date) => (
              <Day key={date} date={date} day={days.get(date)} isToday={date === today} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ date, day, isToday }: { date: string; day: ClosedDay | undefined; isToday: boolean }) {
  const words = day && inWords(day);
  return (
    <td
      className={classes.day}
      data-closed={day && (day.isWhole ? 'all' : 'part')}
      data-today={isToday || undefined}
      data-hint={words}
      aria-current={isToday ? 'date' : undefined}
    >
      {Number(date.slice(8))}
      {words !== undefined && <span className="visually-hidden"> {words}</span>}
      {day && !day.isWhole && <Hours stretches={day.stretches} />}
    </td>
  );
}

/** Which hours of a day are closed, as a line from midnight to midnight. */
function Hours({ stretches }: Pick<ClosedDay, 'stretches'>) {
  return (
    <svg className={classes.hours} viewBox={`0 0 ${MINUTES} 1`} preserveAspectRatio="none" aria-hidden="true">
      {stretches.map(([from, to]) => (
        <rect key={from} x={from} width={to - from} height={1} />
      ))}
    </svg>
  );
}

interface Week {
  /** Days of the month before. */
  lead: number;
  dates: string[];
}

/** From Monday on. */
function weeksOf(year: number, month: number): Week[] {
  const lead = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7;
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const dates = Array.from({ length }, (_, day) =>
    new Date(Date.UTC(year, month, day + 1)).toISOString().slice(0, 10),
  );
  const first = { lead, dates: dates.slice(0, 7 - lead) };
  const others = Array.from({ length: Math.ceil((length + lead) / 7) - 1 }, (_, week) => {
    const start = 7 * (week + 1) - lead;
    return { lead: 0, dates: dates.slice(start, start + 7) };
  });
  return [first, ...others];
}

function monthName(year: number, month: number): string {
  return MONTH_NAME.format(Date.UTC(year, month));
}
