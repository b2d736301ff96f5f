import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type CalendarView,
  FindCalendars,
  insertCalendar,
  lockCalendar,
  putRules,
  resolveRules,
  retireCalendar,
  type RulesInput,
  type StoredCalendar,
  updateCalendar,
} from '#calendars';
import { type Actor, type CalendarRules, ChronosError } from '#contracts';
import { newId, queryRows, type SqlRunner } from '#database';
import { databaseNow } from '../commands/job-store.js';
import { type IdempotencyRequest, runOnce } from '../idempotency/run-once.js';
import { recordCalendar } from './calendar-audit.js';
import { lockConcernedJobs, rejudgeJobs } from './rejudge-jobs.js';

/** What a client can change of a calendar; what is left out stays. */
export interface CalendarPatch extends RulesInput {
  name?: string;
  description?: string | null;
  /** For everybody to see and name; admins only. */
  shared?: boolean;
}

export interface CalendarInput extends CalendarPatch {
  name: string;
}

/**
 * Makes, changes and deletes calendars. New rules hold for all nominal times after the change, also for what a planner
 * has planned already; up to it the rules before are what was in force, and stay on record.
 */
@Injectable()
export class ChangeCalendar {
  constructor(
    private readonly dataSource: DataSource,
    private readonly calendars: FindCalendars,
  ) {}

  /**
   * @throws ChronosError VALIDATION_FAILED, CALENDAR_EXISTS, FORBIDDEN to share it for users, INVALID_STATE at the limit of an account, or
   *   IDEMPOTENCY_KEY_REUSED
   */
  create(actor: Actor, input: CalendarInput, idempotency?: IdempotencyRequest): Promise<CalendarView> {
    return this.dataSource.transaction((manager) =>
      runOnce(manager, actor.id, idempotency, async () => {
        const { name, description = null, shared = false } = input;
        assertMayShare(actor, shared);
        const rules = resolveRules(input);
        const calendar = { id: newId(), ownerId: actor.id, name, description, shared };
        await insertCalendar(manager, calendar);
        await putRules(manager, calendar.id, 1, rules, await databaseNow(manager));
        const after = { ...calendar, owner_id: actor.id, version: 1, rules };
        await recordCalendar(manager, 'calendar.create', undefined, after);
        return this.calendars.get(actor, calendar.id, manager);
      }),
    );
  }

  /**
   * Changes the given fields.
   * @param expectedVersion refuses the change when the calendar has changed since
   * @throws ChronosError NOT_FOUND, VALIDATION_FAILED, FORBIDDEN, VERSION_CONFLICT, CALENDAR_EXISTS, or CALENDAR_IN_USE where it is
   *   no longer to be shared and jobs of others name it
   */
  update(actor: Actor, id: string, patch: CalendarPatch, expectedVersion?: number): Promise<CalendarView> {
    return this.#change(actor, id, expectedVersion, 'calendar.update', (before) => {
      if (patch.shared !== undefined && patch.shared !== before.shared) assertMayShare(actor, true);
      return {
        name: patch.name ?? before.name,
        description: patch.description === undefined ? before.description : patch.description,
        shared: patch.shared ?? before.shared,
        rules: resolveRules(patch, before.rules),
      };
    });
  }

  /**
   * @throws ChronosError NOT_FOUND, FORBIDDEN, VERSION_CONFLICT, or CALENDAR_IN_USE where jobs name it
   */
  delete(actor: Actor, id: string, expectedVersion?: number): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const calendar = await lockCalendar(manager, actor, id, expectedVersion);
      await assertUnused(manager, calendar, { since: 'deleted', ofOthers: false });
      await retireCalendar(manager, id, await databaseNow(manager));
      await recordCalendar(manager, 'calendar.delete', calendar, undefined);
    });
  }

  /**
   * The calendar as the actor may change it.
   * @throws ChronosError NOT_FOUND, FORBIDDEN, VERSION_CONFLICT
   */
  changeable(actor: Actor, id: string, expectedVersion: number | undefined): Promise<StoredCalendar> {
    return this.dataSource.transaction((manager) => lockCalendar(manager, actor, id, expectedVersion));
  }

  /** @throws ChronosError as `changeable` */
  replaceRules(
    actor: Actor,
    id: string,
    expectedVersion: number,
    action: 'calendar.import',
    rules: CalendarRules,
  ): Promise<CalendarView> {
    return this.#change(actor, id, expectedVersion, action, (before) => ({ ...before, rules }));
  }

  /** One change under the calendar's lock: stores what differs, and has the jobs concerned judged anew where the rules do. */
  #change(
    actor: Actor,
    id: string,
    expectedVersion: number | undefined,
    action: 'calendar.update' | 'calendar.import',
    change: (before: StoredCalendar) => Pick<StoredCalendar, 'name' | 'description' | 'shared' | 'rules'>,
  ): Promise<CalendarView> {
    return this.dataSource.transaction(async (manager) => {
      const before = await lockCalendar(manager, actor, id, expectedVersion);
      const after = { ...before, ...change(before), version: before.version + 1 };
      if (before.shared && !after.shared)
        await assertUnused(manager, before, { since: 'unshared', ofOthers: true });
      await updateCalendar(manager, after);
      if (!isDeepStrictEqual(before.rules, after.rules)) await putInForce(manager, after);
      await recordCalendar(manager, action, before, after);
      return this.calendars.get(actor, id, manager);
    });
  }
}

async function putInForce(
  manager: EntityManager,
  { id, version, rules }: { id: string; version: number; rules: CalendarRules },
): Promise<void> {
  const jobs = await lockConcernedJobs(manager, id);
  const now = await databaseNow(manager);
  await putRules(manager, id, version, rules, now);
  await rejudgeJobs(manager, jobs, now);
}

function assertMayShare(actor: Actor, shared: boolean): void {
  if (!shared || actor.role === 'admin') return;
  throw new ChronosError(
    'FORBIDDEN',
    'Only administrators may share a calendar with everybody; leave "shared" out.',
  );
}

/** Whoever makes a job name the calendar holds it meanwhile (`holdCalendars`), and has ended before the jobs are looked at. */
async function assertUnused(
  runner: SqlRunner,
  calendar: StoredCalendar,
  { since, ofOthers }: { since: 'deleted' | 'unshared'; ofOthers: boolean },
): Promise<void> {
  const jobs = await queryRows<{ id: string; name: string; total: number }>(runner, NAMED_BY, [
    calendar.id,
    ofOthers ? calendar.owner_id : null,
  ]);
  const [first] = jobs;
  if (!first) return;
  const names = jobs.map(({ id, name }) => `"${name}" (${id})`).join(', ');
  const more = first.total > jobs.length ? ` and ${first.total - jobs.length} more` : '';
  throw new ChronosError(
    'CALENDAR_IN_USE',
    `The calendar cannot be ${since}: jobs${ofOthers ? ' of others' : ''} name it: ${names}${more}. Take it out of their "calendars" first.`,
  );
}

/** A cancelled job never runs again; every other may. */
const NAMED_BY = `
  SELECT id, name, count(*) OVER ()::int AS total FROM jobs
  WHERE calendars <> '{}' AND calendars @> ARRAY[$1::uuid] AND deleted_at IS NULL AND status <> 'cancelled'
    AND ($2::uuid IS NULL OR owner_id <> $2)
  ORDER BY id LIMIT 5`;
