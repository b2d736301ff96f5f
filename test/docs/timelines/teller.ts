import { vi } from 'vitest';
import type { ExecutionStatus } from '#contracts';
import { queryRows } from '#database';
import {
  ChangeCalendar,
  type CalendarInput,
  CreateJob,
  FindLedger,
  type JobInput,
  type JobPatch,
  type LedgerEntry,
  type PreviewRequest,
  PreviewSchedule,
} from '#jobs';
import { SimulatedTime } from '../../time/simulated-time.js';
import { at, iso } from './clock.js';
import type { Lane } from './draw.js';
import type { MarkKind } from './marks.js';

type JobTold = JobPatch & Pick<JobInput, 'scheduleType'>;

/** What happens at a time: nothing runs from `down` to `up`; anything else is done to the job. */
export type Deed = 'down' | 'up' | ((jobId: string) => Promise<unknown>);

export interface Tale {
  job: JobTold;
  /** Created then; times are those of `at`. */
  from: string;
  until: string;
  deeds?: [at: string, deed: Deed][];
  /** How runs end, by nominal time, where they do not complete; `skipped` is for an overlap. */
  ends?: Record<string, ExecutionStatus>;
  /** Minutes by which runs begin late, by nominal time. */
  lateBy?: Record<string, number>;
  /** What begins late is an arrow to when it did; else a mark at its time. */
  hasArrows?: boolean;
}

type Told = Required<Pick<Lane, 'marks' | 'gaps' | 'late'>>;

/** Lets things happen to jobs on a simulated clock, and says what Chronos then tells of them. */
export class Teller {
  private constructor(readonly time: SimulatedTime) {}

  static async start(): Promise<Teller> {
    vi.useFakeTimers({ toFake: ['Date'] });
    return new Teller(await SimulatedTime.start());
  }

  async stop(): Promise<void> {
    vi.useRealTimers();
    await this.time.stop();
  }

  /** The ledger of a job after a tale, as a lane. */
  async tell(tale: Tale): Promise<Told> {
    const id = await this.play(tale);
    return inLane(await this.ledger(id, at(tale.from) - MINUTE, at(tale.until)), tale.hasArrows);
  }

  /** @returns the job's id */
  async play({ job, from, until, deeds = [], ends = {}, lateBy = {} }: Tale): Promise<string> {
    await this.time.clear();
    await this.#set(at(from));
    const id = await this.create(job);
    let isUp = true;
    for (const [when, deed] of [...deeds, [until, 'up'] as const]) {
      const end = at(when);
      if (isUp) await this.#run(end, ends, lateBy);
      else await this.#set(end);
      if (typeof deed === 'string') isUp = deed === 'up';
      else await deed(id);
    }
    return id;
  }

  async create(job: JobTold): Promise<string> {
    const base = {
      name: 'Told',
      type: 'custom' as const,
      payload: { handler: 'noop' },
    };
    return (await this.time.get(CreateJob).create(this.time.actor, { ...base, ...job })).id;
  }

  async ledger(jobId: string, from: number, to: number): Promise<LedgerEntry[]> {
    const range = { from: new Date(from), to: new Date(to), limit: 1_000 };
    return (await this.time.get(FindLedger).ledger(this.time.actor, jobId, range)).entries;
  }

  /** What the preview says of the times from one instant to another. */
  async preview(question: Partial<PreviewRequest>, from: number, to: number): Promise<Pick<Lane, 'marks'>> {
    const asked = { count: 50, ...question, from: new Date(from - 1) };
    const times = await this.time.get(PreviewSchedule).preview(this.time.actor, asked);
    const within = times.filter((one) => Date.parse(one.at) <= to);
    return {
      marks: within.map((one) => [Date.parse(one.at), one.skipped ? 'skipped' : 'ran']),
    };
  }

  async calendar(calendar: CalendarInput): Promise<string> {
    return (await this.time.get(ChangeCalendar).create(this.time.actor, calendar)).id;
  }

  rows<Row extends object>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return queryRows<Row>(this.time.database, sql, parameters);
  }

  async #run(
    endMs: number,
    ends: Record<string, ExecutionStatus>,
    lateBy: Record<string, number>,
  ): Promise<void> {
    const [statuses, minutes] = [byInstant(ends), byInstant(lateBy)];
    await this.time.runUntil(endMs, async () => {
      vi.setSystemTime(this.time.now);
      await this.time.database.query(SETTLE, [statuses, minutes]);
    });
    vi.setSystemTime(endMs);
  }

  async #set(ms: number): Promise<void> {
    vi.setSystemTime(ms);
    await this.time.set(ms);
  }
}

const MINUTE = 60_000;
/** Less than this cannot be seen. */
const LATE = 10_000;
/** So far a gap is drawn beyond the times it tells of. */
const AROUND = 9 * MINUTE;

/** Entries of a ledger as marks. */
export function inLane(entries: LedgerEntry[], hasArrows = false): Told {
  const told: Told = { marks: [], gaps: [], late: [] };
  for (const entry of entries) {
    const when = Date.parse(entry.at);
    if (entry.kind === 'gap') {
      told.gaps.push([when - AROUND, Date.parse(entry.until) + AROUND, `${entry.reason}: ${entry.count}`]);
      continue;
    }
    const mark = MARK_OF[entry.status] ?? 'forecast';
    const began = entry.kind === 'execution' && entry.startedAt ? Date.parse(entry.startedAt) : when;
    const isLate = began - when > (hasArrows ? LATE : MINUTE);
    if (isLate && hasArrows) told.late.push([when, began]);
    told.marks.push(isLate && !hasArrows ? [when, 'lateRun'] : [hasArrows ? began : when, mark]);
  }
  return told;
}

const MARK_OF: Partial<Record<string, MarkKind>> = {
  completed: 'ran',
  failed: 'failed',
  missed: 'missed',
  skipped: 'skipped',
  cancelled: 'cancelled',
  held: 'held',
};

function byInstant(values: Record<string, unknown>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(values).map(([when, value]) => [iso(at(when)), value])),
  );
}

const SETTLE = `
  UPDATE executions e SET status = o.status, attempt = CASE o.status WHEN 'skipped' THEN 0 ELSE 1 END,
    reason = CASE o.status WHEN 'skipped' THEN 'overlap' END, queued_at = now(),
    started_at = CASE o.status WHEN 'skipped' THEN NULL ELSE now() + o.late END, finished_at = now() + o.late
  FROM (
    SELECT id, coalesce($1::jsonb ->> nominal, 'completed') AS status,
      coalesce(($2::jsonb ->> nominal)::float8, 0) * interval '1 minute' AS late
    FROM (SELECT id, to_char(scheduled_for AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS nominal
      FROM executions WHERE status = 'scheduled' AND due_at <= now()) due
  ) o WHERE e.id = o.id`;
