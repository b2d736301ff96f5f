import { setImmediate } from 'node:timers/promises';
import ICAL from 'ical.js';
import { BoundedIterator, RuleTooLong, type StepBudget } from './bounded-iterator.js';
import { instantOf, localAs, type Moment, momentOf, momentsOf } from './ics-moment.js';
import { type JcalComponent, propertiesOf } from './jcal.js';
import { NotTaken } from './not-taken.js';

const DAY_MS = 86_400_000;
/** Others have their turn after so many occurrences. */
const PER_TURN = 100;

/** In milliseconds, of the frequencies whose periods are always as long. */
const PERIODS: Record<string, number> = { DAILY: DAY_MS, WEEKLY: 7 * DAY_MS };
const FREQUENCIES = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);

/** Which starts are asked for. Epoch milliseconds. */
export interface Horizon {
  from: number;
  to: number;
  /** The most of one event. */
  limit: number;
}

/** What tells the occurrences of an event apart. */
export function keyOf(moment: Moment): number {
  return instantOf(moment);
}

/**
 * When an event begins, each time within the horizon and perhaps some about it: by its rules, its further dates and without
 * its exceptions.
 * @throws NotTaken where it cannot be worked out
 */
export async function startsOf(
  event: JcalComponent,
  start: Moment,
  timezone: string,
  horizon: Horizon,
  budget: StepBudget,
): Promise<Map<number, Moment>> {
  if (propertiesOf(event, 'exrule').length > 0) throw new NotTaken('has an EXRULE, which is out of use');
  const starts = new Map<number, Moment>([[keyOf(start), start]]);
  for (const [, , , rule] of propertiesOf(event, 'rrule')) {
    for (const moment of await byRule(rule, start, horizon, budget)) starts.set(keyOf(moment), moment);
  }
  for (const property of propertiesOf(event, 'rdate')) {
    if (property[2] === 'period') throw new NotTaken('has an RDATE with a length of its own');
    for (const moment of momentsOf(property, timezone)) starts.set(keyOf(moment), moment);
  }
  for (const moment of propertiesOf(event, 'exdate').flatMap((property) => momentsOf(property, timezone))) {
    except(starts, moment);
  }
  return starts;
}

/** Takes a start out again; a date does so for all of its day. */
export function except(starts: Map<number, Moment>, moment: Moment): void {
  if (moment.zone !== null) {
    starts.delete(keyOf(moment));
    return;
  }
  for (const [key, start] of starts) if (dayOf(start.local) === moment.local) starts.delete(key);
}

async function byRule(
  value: unknown,
  start: Moment,
  horizon: Horizon,
  budget: StepBudget,
): Promise<Moment[]> {
  const found: Moment[] = [];
  try {
    const rule = ruleOf(value, start);
    const iterator = new BoundedIterator(rule, timeOf(nearHorizon(rule, start, horizon)), budget);
    for (let turn = 1; found.length < horizon.limit; turn += 1) {
      const next = iterator.next() as ICAL.Time | null;
      budget.renew();
      if (!next) break;
      const local = Date.UTC(next.year, next.month - 1, next.day, next.hour, next.minute, next.second);
      if (local > horizon.to + DAY_MS) break;
      if (local >= horizon.from - DAY_MS) found.push({ ...start, local });
      if (turn % PER_TURN === 0) await setImmediate();
    }
    return found;
  } catch (error) {
    if (error instanceof NotTaken) throw error;
    if (error instanceof RuleTooLong) throw new NotTaken(tooLong(budget));
    throw new NotTaken(`repeats by a rule that is none: ${(error as Error).message.slice(0, 100)}`);
  }
}

function tooLong(budget: StepBudget): string {
  return budget.isSpent
    ? 'is more than can be worked out of one file; import it in parts'
    : 'repeats by a rule that hardly ever comes true, or takes too long to work out';
}

function ruleOf(value: unknown, start: Moment): ICAL.Recur {
  const data = { ...(value as Record<string, unknown>) };
  const frequency = String(data['freq']).toUpperCase();
  if (!FREQUENCIES.has(frequency)) {
    throw new NotTaken(`repeats ${frequency}, more often than once a day; say it with "weekly" windows`);
  }
  // With its end on the clock the event is told by: ical.js compares what the clocks show.
  if (typeof data['until'] === 'string') {
    const until = momentOf('until', data['until'], undefined, start.zone ?? 'UTC');
    data['until'] = textOf({ local: localAs(until, start), zone: start.zone });
  }
  nameDay(data, frequency, new Date(start.local));
  return ICAL.Recur.fromData(data);
}

/** Where the rule names no day it is that of the start. Said in full, months without such a day are left out (RFC 5545, 3.3.10). */
function nameDay(data: Record<string, unknown>, frequency: string, start: Date): void {
  const names = (...parts: string[]) => parts.some((part) => data[part] !== undefined);
  if (frequency !== 'MONTHLY' && frequency !== 'YEARLY') return;
  if (names('byday', 'bymonthday', 'byyearday', 'byweekno')) return;
  data['bymonthday'] = [start.getUTCDate()];
  if (frequency === 'YEARLY' && !names('bymonth')) data['bymonth'] = [start.getUTCMonth() + 1];
}

/** A later start that gives the same occurrences from the horizon on, so that those of many years need not be walked through. */
function nearHorizon(rule: ICAL.Recur, start: Moment, horizon: Horizon): Moment {
  const period = (PERIODS[rule.freq] ?? 0) * rule.interval;
  const ahead = horizon.from - 30 * DAY_MS - start.local;
  if (period === 0 || rule.count || ahead < period) return start;
  return { ...start, local: start.local + Math.floor(ahead / period) * period };
}

/** On no zone's clock: ical.js is to know nothing of zones, whose rules a file could make up. */
function timeOf({ local, zone }: Moment): ICAL.Time {
  const at = new Date(local);
  return ICAL.Time.fromData({
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    isDate: zone === null,
  });
}

function textOf({ local, zone }: Moment): string {
  return new Date(local).toISOString().slice(0, zone === null ? 10 : 19);
}

function dayOf(local: number): number {
  return Math.floor(local / DAY_MS) * DAY_MS;
}
