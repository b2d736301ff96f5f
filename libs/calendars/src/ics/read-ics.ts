import { setImmediate } from 'node:timers/promises';
import ICAL from 'ical.js';
import type { ClosedEvent } from '#contracts';
import { instantOf, type Moment, momentsOf } from './ics-moment.js';
import { StepBudget } from './bounded-iterator.js';
import { type JcalComponent, parseEvent, propertiesOf, splitEvents, textOf, valueOf } from './jcal.js';
import { NotTaken } from './not-taken.js';
import { except, type Horizon, startsOf } from './occurrences.js';

const DAY_MS = 86_400_000;
const DAYS_BACK = 31;
const DAYS_AHEAD = 731;
/** The most closures of one import. */
export const MAX_CLOSURES = 5_000;
/** About three seconds' work, spread over many turns: sixty events that come each day. */
const STEPS = 60_000;
const SHOWN_NOT_TAKEN = 100;
const NAMELESS = 'an event without a name';
const LABEL_LENGTH = 200;
/** So long other requests may wait. */
const SLICE_MS = 20;

/** What an import took of a file, and what not. */
export interface IcsReport {
  /** Events in the file; changed occurrences are part of theirs. */
  events: number;
  /** Of these: closed at least once within the horizon. */
  taken: number;
  closures: number;
  /** Of these: over before the horizon, or not begun by its end. */
  outside: number;
  /** The horizon, ISO 8601. */
  from: string;
  to: string;
  /** The first hundred, each with the reason. */
  notTaken: { event: string; reason: string }[];
  notTakenCount: number;
}

/**
 * The closures of an iCalendar file: each occurrence of each event, from a month before `now` to two years after it, 5,000
 * at most. Lets others have their turn while it works.
 * @param timezone of times that name no zone
 * @throws ChronosError VALIDATION_FAILED on `ics` where it is no iCalendar file
 */
export async function readIcs(
  text: string,
  timezone: string,
  now: number,
): Promise<{ closures: ClosedEvent[]; report: IcsReport }> {
  const horizon = { from: now - DAYS_BACK * DAY_MS, to: now + DAYS_AHEAD * DAY_MS, limit: MAX_CLOSURES };
  const reading = new Reading(timezone, horizon);
  const events: JcalComponent[] = [];
  const turns = new Turns();
  for (const one of splitEvents(text)) {
    const event = reading.parse(one);
    if (event) events.push(event);
    await turns.pass();
  }
  const groups = groupByUid(events);
  for (const group of groups) {
    await reading.take(group);
    await turns.pass();
  }
  const closures = reading.firstClosures();
  return {
    closures,
    report: {
      events: groups.length + reading.unreadable,
      taken: reading.taken,
      closures: closures.length,
      outside: reading.outside,
      from: new Date(horizon.from).toISOString(),
      to: new Date(horizon.to).toISOString(),
      notTaken: reading.notTaken.slice(0, SHOWN_NOT_TAKEN),
      notTakenCount: reading.notTaken.length,
    },
  };
}

/** An event, and those of its occurrences that were changed by themselves. */
interface EventGroup {
  event: JcalComponent;
  changed: JcalComponent[];
}

/** Gives others theirs, once its own has taken long enough. */
class Turns {
  #since = performance.now();

  async pass(): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}

class Reading {
  readonly notTaken: IcsReport['notTaken'] = [];
  taken = 0;
  outside = 0;
  unreadable = 0;
  readonly #budget = new StepBudget(STEPS);
  readonly #closures: ClosedEvent[] = [];

  constructor(
    private readonly timezone: string,
    private readonly horizon: Horizon,
  ) {}

  parse(text: string): JcalComponent | undefined {
    try {
      return parseEvent(text);
    } catch (error) {
      this.unreadable += 1;
      const name = (/^SUMMARY[^:\r\n]*:(.*)$/im.exec(text) ??
        /^UID[^:\r\n]*:(.*)$/im.exec(text))?.[1]?.trim();
      const reason = `cannot be read: ${(error as Error).message.slice(0, 150)}`;
      this.notTaken.push({ event: (name || NAMELESS).slice(0, LABEL_LENGTH), reason });
      return undefined;
    }
  }

  async take(group: EventGroup): Promise<void> {
    try {
      const closures = await this.#closuresOf(group);
      if (closures.length > 0) this.taken += 1;
      else this.outside += 1;
      this.#closures.push(...closures.slice(0, MAX_CLOSURES + 1));
      if (this.#closures.length > 4 * MAX_CLOSURES)
        this.#closures.splice(0, Infinity, ...this.#sorted(MAX_CLOSURES + 1));
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      this.#refuse(group.event, error.message);
    }
  }

  /** The earliest, as many as one import may have. */
  firstClosures(): ClosedEvent[] {
    const sorted = this.#sorted(MAX_CLOSURES + 1);
    const tooMany = sorted[MAX_CLOSURES];
    if (tooMany) {
      this.notTaken.unshift({
        event: 'everything later',
        reason: `more than ${MAX_CLOSURES} closures: those from ${tooMany.from} on were left out`,
      });
    }
    return sorted.slice(0, MAX_CLOSURES);
  }

  #sorted(limit: number): ClosedEvent[] {
    return this.#closures
      .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
      .slice(0, limit);
  }

  async #closuresOf({ event, changed }: EventGroup): Promise<ClosedEvent[]> {
    const start = startOf(event, this.timezone);
    const length = lengthOf(event, start, this.timezone);
    const horizon = { ...this.horizon, from: this.horizon.from - length };
    const starts = await startsOf(event, start, this.timezone, horizon, this.#budget);
    const closures: ClosedEvent[] = [];
    for (const one of changed) {
      for (const property of propertiesOf(one, 'recurrence-id')) {
        for (const moment of momentsOf(property, this.timezone)) except(starts, moment);
        if (property[1]['range'] !== undefined) {
          this.#refuse(
            one,
            'changes all later occurrences, too (RANGE=THISANDFUTURE); only this one was changed',
          );
        }
      }
      if (isCancelled(one)) continue;
      const own = startOf(one, this.timezone);
      closures.push(closureOf(own, lengthOf(one, own, this.timezone), one));
    }
    for (const one of starts.values()) closures.push(closureOf(one, length, event));
    return closures.filter((closure) => reaches(closure, this.horizon));
  }

  #refuse(event: JcalComponent, reason: string): void {
    this.notTaken.push({ event: nameOf(event), reason });
  }
}

function groupByUid(events: JcalComponent[]): EventGroup[] {
  const groups: EventGroup[] = [];
  const byUid = new Map<unknown, EventGroup>();
  for (const event of events.filter((one) => !isChanged(one))) {
    const group = { event, changed: [] };
    groups.push(group);
    byUid.set(valueOf(event, 'uid'), group);
  }
  for (const one of events.filter(isChanged)) {
    const group = byUid.get(valueOf(one, 'uid'));
    if (group) group.changed.push(one);
    else groups.push({ event: one, changed: [] });
  }
  return groups;
}

function isChanged(event: JcalComponent): boolean {
  return propertiesOf(event, 'recurrence-id').length > 0;
}

function isCancelled(event: JcalComponent): boolean {
  return textOf(event, 'status')?.toUpperCase() === 'CANCELLED';
}

function nameOf(event: JcalComponent): string {
  return (textOf(event, 'summary') ?? textOf(event, 'uid') ?? NAMELESS).slice(0, LABEL_LENGTH);
}

function startOf(event: JcalComponent, timezone: string): Moment {
  if (isCancelled(event)) throw new NotTaken('is cancelled');
  const [property] = propertiesOf(event, 'dtstart');
  const [start] = property ? momentsOf(property, timezone) : [];
  if (!start) throw new NotTaken('has no DTSTART');
  return start;
}

/** In milliseconds: of whole days a multiple of a day. */
function lengthOf(event: JcalComponent, start: Moment, timezone: string): number {
  const [property] = propertiesOf(event, 'dtend');
  const [end] = property ? momentsOf(property, timezone) : [];
  const duration = valueOf(event, 'duration');
  const isDays = start.zone === null;
  let length = isDays ? DAY_MS : 0;
  if (end) length = isDays ? end.local - start.local : instantOf(end) - instantOf(start);
  else if (typeof duration === 'string') length = ICAL.Duration.fromString(duration).toSeconds() * 1_000;
  // An end of whole days that is their beginning is how some write a single day.
  if (isDays) return Math.max(DAY_MS, Math.floor(length / DAY_MS) * DAY_MS);
  if (!(length > 0)) throw new NotTaken('has no length: it ends when it begins, or before');
  return length;
}

function closureOf(start: Moment, length: number, event: JcalComponent): ClosedEvent {
  const label = textOf(event, 'summary')?.slice(0, LABEL_LENGTH) ?? null;
  if (start.zone === null) {
    return { from: dateOf(start.local), to: dateOf(start.local + length - DAY_MS), label };
  }
  const from = instantOf(start);
  return { from: new Date(from).toISOString(), to: new Date(from + length).toISOString(), label };
}

function dateOf(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

function reaches({ from, to }: ClosedEvent, horizon: Horizon): boolean {
  return Date.parse(to) + DAY_MS > horizon.from && Date.parse(from) < horizon.to;
}
