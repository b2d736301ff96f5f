import { z } from 'zod';
import { type CalendarRules, ChronosError, type FieldFault, fieldFaults, WEEKDAYS } from '#contracts';
import { assertTimezone, closingsOf } from '#scheduling';

/** What a client can say of when a calendar is closed; what is left out stays. The lists are checked here, not before. */
export interface RulesInput {
  timezone?: string;
  dates?: unknown[];
  weekly?: unknown[];
}

/** A range longer than this is a slip of the pen, or wants another word than holiday. */
const MAX_RANGE_DAYS = 3_660;
const DAY_MS = 86_400_000;
/** One past which a window has no end. */
const NEARLY_ALWAYS_MS = 8 * DAY_MS;
const FIRST_YEAR = 1970;

const label = z
  .string({ error: 'must be a string' })
  .max(200, 'must have at most 200 characters')
  .nullish()
  .transform((text) => text ?? null);

const dateText = z.string({ error: dateFault() }).refine(isDate, dateFault());

/** A date alone, or from one to another. */
const closedDates = z.preprocess(
  (value) => (typeof value === 'string' ? { from: value } : value),
  z
    .strictObject(
      { from: dateText, to: dateText.optional(), label },
      { error: 'must be a date, e.g. "2030-12-25", or { "from", "to", "label" }' },
    )
    .transform(({ from, to = from, label: text }) => ({ from, to, label: text }))
    .superRefine(({ from, to }, context) => {
      const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
      if (days < 0) context.addIssue({ code: 'custom', path: ['to'], message: `is before "from" (${from})` });
      if (days > MAX_RANGE_DAYS) {
        context.addIssue({ code: 'custom', path: ['to'], message: 'is more than ten years after "from"' });
      }
    }),
);

const timeText = (last: string) =>
  z
    .string({ error: `must be a time of day from "00:00" to "${last}"` })
    .refine((text) => isTime(text) && text <= last, `must be a time of day from "00:00" to "${last}"`);

const weeklyWindow = z
  .strictObject(
    {
      days: z
        .array(z.enum(WEEKDAYS, { error: `must be one of ${WEEKDAYS.join(', ')}` }), {
          error: `must be a list of ${WEEKDAYS.join(', ')}`,
        })
        .min(1, 'must name at least one day')
        .max(WEEKDAYS.length, 'must name each day once')
        .transform((days) => WEEKDAYS.filter((day) => days.includes(day))),
      from: timeText('23:59'),
      to: timeText('24:00'),
      label,
    },
    {
      error:
        'must be { "days", "from", "to" }, e.g. { "days": ["SAT", "SUN"], "from": "00:00", "to": "24:00" }',
    },
  )
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    message: 'is the same as "from"; a whole day is from "00:00" to "24:00"',
  });

/**
 * The whole rules of a calendar after a change. What was imported stays.
 * @throws ChronosError VALIDATION_FAILED with a fault per field
 */
export function resolveRules(input: RulesInput, before?: CalendarRules): CalendarRules {
  const faults: FieldFault[] = [];
  const timezone = input.timezone ?? before?.timezone ?? 'UTC';
  collectTimezoneFault(timezone, faults);
  const dates = parsed(z.array(closedDates), input.dates, 'dates', 'a closed date', faults);
  const weekly = parsed(z.array(weeklyWindow), input.weekly, 'weekly', 'a weekly window', faults);
  const rules = {
    timezone,
    dates: dates ?? before?.dates ?? [],
    weekly: weekly ?? before?.weekly ?? [],
    imports: before?.imports ?? [],
  };
  if (faults.length === 0 && isAlwaysClosed(rules)) {
    faults.push({
      field: 'weekly',
      message: 'leaves no minute of the week open: no job with this calendar would ever run',
    });
  }
  if (faults.length === 0) return rules;
  throw new ChronosError('VALIDATION_FAILED', 'The calendar is not valid; see details.', { details: faults });
}

function parsed<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  field: string,
  what: string,
  faults: FieldFault[],
): Value | undefined {
  if (value === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  faults.push(...fieldFaults(result.error, field, what));
  return undefined;
}

function collectTimezoneFault(timezone: string, faults: FieldFault[]): void {
  try {
    assertTimezone(timezone);
  } catch (error) {
    if (!(error instanceof ChronosError)) throw error;
    faults.push(...error.details);
  }
}

function isAlwaysClosed({ weekly }: CalendarRules): boolean {
  const closure = closingsOf({ timezone: 'UTC', dates: [], weekly, imports: [] }).closureAt(0);
  return closure !== undefined && closure.to - closure.from > NEARLY_ALWAYS_MS;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number(text.slice(0, 4)) < FIRST_YEAR) return false;
  const at = new Date(`${text}T00:00:00Z`);
  // `Date` rolls 30 February over to March; we do not.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function isTime(text: string): boolean {
  return /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text);
}

function dateFault(): string {
  return `must be a date from ${FIRST_YEAR} on, e.g. "2030-12-25"`;
}
