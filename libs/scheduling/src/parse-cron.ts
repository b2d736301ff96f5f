import { ChronosError } from '#contracts';
import { type CronExpression, CronExpressionParser } from 'cron-parser';

import { cronFieldFault } from './cron-field-fault.js';
import { CRON_FIELDS, type CronFieldTexts, splitExpression } from './cron-fields.js';
import { CronSchedule, type DstPolicies } from './cron-schedule.js';
import { DaySet } from './day-set.js';
import { FieldSet } from './field-set.js';
import { NominalTimes } from './nominal-times.js';
import { assertTimezone } from './timezone.js';
import { timelineOf } from './zone-timeline.js';

/**
 * Parses and validates a cron expression and a zone.
 *
 * The dialect is that of crontab(5) with seconds, `L`, `#` and names: docs/semantics.md, "Cron expressions".
 * Throws a ChronosError `VALIDATION_FAILED` on `cronExpression` (which field of it, why, and the fix) or on
 * `timezone`. What it returns fires at least once in some year, unless `dstGap: 'skip'` takes every one of
 * its times away: then `next` answers undefined.
 */
export function parseCron(expression: string, timezone: string, policies: DstPolicies = {}): CronSchedule {
  const split = splitExpression(expression);
  if ('fault' in split) throw invalid(split.fault);
  assertTimezone(timezone);

  const { texts } = split;
  const faults = CRON_FIELDS.map((field, index) => cronFieldFault(field, texts[index] ?? ''));
  const fault = faults.find((each) => each !== undefined);
  if (fault !== undefined) throw invalid(fault);

  const times = nominalTimesOf(texts, parseFields(texts));
  if (times.days.isEmpty) throw neverFires();
  return new CronSchedule(
    expression.trim().replaceAll(/\s+/g, ' '),
    timezone,
    times,
    timelineOf(timezone),
    followsElapsedTime(texts[2], times.hours),
    policies,
  );
}

/**
 * Does the hour field follow elapsed time, or does it name fixed hours?
 *
 * It follows elapsed time when it allows every hour of the day, however that is written (`*`, `0-23`), or
 * when it holds a wildcard or a step and allows more than one hour. All else names fixed hours:
 * a value, a list, a range (`9-17`), and a step of 24, which leaves one hour: a daily job must not be
 * lost to a gap.
 */
function followsElapsedTime(text: string, hours: FieldSet): boolean {
  return hours.size === 24 || (hours.size > 1 && /[*/]/.test(text));
}

function parseFields(texts: CronFieldTexts): CronExpression['fields'] {
  try {
    return CronExpressionParser.parse(texts.join(' ')).fields;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // cron-parser looks for impossible dates by itself, in the commonest case only.
    if (reason === 'Invalid explicit day of month definition') throw neverFires();
    throw invalid(`is not a cron expression: ${reason}`, error);
  }
}

function nominalTimesOf(texts: CronFieldTexts, fields: CronExpression['fields']): NominalTimes {
  const [second, minute, hour] = [fields.second, fields.minute, fields.hour].map(({ values, max }) => {
    return new FieldSet(values, max);
  }) as [FieldSet, FieldSet, FieldSet];
  return new NominalTimes(second, minute, hour, daySetOf(texts, fields));
}

function daySetOf(texts: CronFieldTexts, fields: CronExpression['fields']): DaySet {
  const monthDays: readonly (number | string)[] = fields.dayOfMonth.values;
  const weekdays: readonly (number | string)[] = fields.dayOfWeek.values;
  const isNumber = (value: number | string): value is number => typeof value === 'number';
  return new DaySet({
    months: fields.month.values,
    daysOfMonth: monthDays.filter(isNumber),
    lastDayOfMonth: fields.dayOfMonth.hasLastChar,
    weekdays: weekdays.filter(isNumber).map((day) => day % 7),
    nthWeekday: fields.dayOfWeek.nthDay,
    lastWeekdays: weekdays.filter((day) => !isNumber(day)).map((day) => Number.parseInt(day, 10) % 7),
    combine: isRestricted(texts[3]) && isRestricted(texts[5]) ? 'either' : 'both',
  });
}

/** crontab(5): a day field is restricted unless it starts with `*`; so an odd-day step keeps to the weekdays given. */
function isRestricted(text: string): boolean {
  return !/^[*?]/.test(text);
}

function neverFires(): ChronosError {
  return invalid('never fires: no year has such a date; mend the day of month or the month');
}

function invalid(message: string, cause?: unknown): ChronosError {
  return new ChronosError('VALIDATION_FAILED', message, {
    details: [{ field: 'cronExpression', message }],
    cause,
  });
}
