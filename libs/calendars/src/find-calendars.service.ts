import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, ChronosError } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import {
  anyOf,
  type Blackouts,
  closedWindows,
  type ClosedWindow,
  closingsOf,
  localTimeOf,
} from '#scheduling';
import { inWords } from './explain-closings.js';
import { calendarView, type CalendarView, type StoredCalendar } from './calendar-view.js';

export interface CalendarFilter {
  /** Part of the name or description, in any case. */
  search?: string;
  page: number;
  limit: number;
  /** Starts after this calendar instead of at `page`. */
  after?: CalendarPosition;
}

/** Where a calendar stands in a list. */
export interface CalendarPosition {
  name: string;
  id: string;
}

export interface CalendarList {
  items: CalendarView[];
  total: number;
  /** The last calendar of this page, or null where no other follows. */
  last: CalendarPosition | null;
}

/** One closed stretch, for people: ISO 8601, `to` excluded. */
export interface WindowView {
  from: string;
  to: string;
  /** The same on the clocks of the calendar's zone. */
  localFrom: string;
  localTo: string;
  kind: ClosedWindow['kind'];
  label: string | null;
  source: string | null;
}

const MAX_WINDOWS = 10_000;

/** Reads calendars: one's own and those shared with everybody; all of them for admins. */
@Injectable()
export class FindCalendars {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws ChronosError NOT_FOUND when it is not there, or not to be seen */
  async get(actor: Actor, id: string, runner: SqlRunner = this.dataSource): Promise<CalendarView> {
    return calendarView(await this.#stored(actor, id, runner), Date.now());
  }

  /** By name. */
  async list(actor: Actor, { search, page, limit, after }: CalendarFilter): Promise<CalendarList> {
    const pattern = search === undefined ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    const parameters = [actor.id, actor.role === 'admin', pattern];
    const [counted] = await queryRows<{ total: number }>(
      this.dataSource,
      `SELECT count(*)::int AS total FROM calendars c WHERE ${MATCHING}`,
      parameters,
    );
    const found = await queryRows<StoredCalendar>(
      this.dataSource,
      `${SELECT} WHERE ${MATCHING} AND ($4::text IS NULL OR (c.name, c.id) > ($4, $5::uuid))
       ORDER BY c.name, c.id LIMIT $6 OFFSET $7`,
      [...parameters, after?.name ?? null, after?.id ?? null, limit + 1, after ? 0 : (page - 1) * limit],
    );
    const now = Date.now();
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map((stored) => calendarView(stored, now)),
      total: counted?.total ?? 0,
      last: last ? { name: last.name, id: last.id } : null,
    };
  }

  /**
   * The windows that reach into [from, to), in the order of their beginnings.
   * @throws ChronosError NOT_FOUND, or VALIDATION_FAILED where they are too many
   */
  async windows(actor: Actor, id: string, from: Date, to: Date): Promise<WindowView[]> {
    const { rules } = await this.#stored(actor, id, this.dataSource);
    const windows = closedWindows(rules, from.getTime(), to.getTime());
    if (windows.length > MAX_WINDOWS) {
      throw ChronosError.invalid(
        'to',
        `is too far: more than ${MAX_WINDOWS} windows; choose an earlier time`,
      );
    }
    return windows.map((window) => windowView(window, rules.timezone));
  }

  /**
   * What calendars leave out as they are now, for what is only to be looked at.
   * @param ownerId whose own calendars they may be, beside the shared ones; default the actor's, and anybody's for an admin
   * @throws ChronosError VALIDATION_FAILED on `calendars` where one is not to be seen
   */
  async blackouts(
    actor: Actor,
    ids: readonly string[],
    ownerId: string = actor.id,
  ): Promise<Blackouts | undefined> {
    if (ids.length === 0) return undefined;
    const isAnybodys = actor.role === 'admin' && ownerId === actor.id;
    const found = await queryRows<StoredCalendar>(
      this.dataSource,
      `${SELECT} WHERE ${VISIBLE} AND c.id = ANY($3::uuid[])`,
      [ownerId, isAnybodys, ids],
    );
    const missing = ids.find((id) => !found.some((one) => one.id === id));
    if (missing !== undefined) {
      throw ChronosError.invalid(
        'calendars',
        `names ${missing}, which is no calendar that may be named here`,
      );
    }
    return {
      closings: anyOf(found.map(({ rules }) => closingsOf(rules))),
      explain: (instantMs) => explain(found, instantMs),
    };
  }

  async #stored(actor: Actor, id: string, runner: SqlRunner): Promise<StoredCalendar> {
    const [stored] = await queryRows<StoredCalendar>(runner, `${SELECT} WHERE ${VISIBLE} AND c.id = $3`, [
      actor.id,
      actor.role === 'admin',
      id,
    ]);
    if (!stored) throw ChronosError.notFound('calendar', id);
    return stored;
  }
}

function explain(calendars: StoredCalendar[], instantMs: number): string {
  const windows = calendars.flatMap(({ name, rules }) =>
    closedWindows(rules, instantMs, instantMs + 1).map(({ label }) => ({ name, label })),
  );
  return inWords(windows) ?? 'a calendar';
}

function windowView({ from, to, ...window }: ClosedWindow, timezone: string): WindowView {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    localFrom: localTimeOf(new Date(from), timezone),
    localTo: localTimeOf(new Date(to), timezone),
    ...window,
  };
}

const SELECT = `
  SELECT c.id, c.owner_id, c.name, c.description, c.shared, c.version, c.created_at, c.updated_at, v.rules
  FROM calendars c JOIN calendar_versions v ON v.calendar_id = c.id AND v.until_at IS NULL`;

const VISIBLE = `c.deleted_at IS NULL AND (c.owner_id = $1 OR c.shared OR $2)`;
const MATCHING = `${VISIBLE} AND ($3::text IS NULL OR c.name ILIKE $3 OR c.description ILIKE $3)`;
