import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindCalendars } from '#calendars';
import { ChronosConfig } from '#config';
import { type Actor, ChronosError, type FieldFault, isPeriodic, type OverlapPolicy } from '#contracts';
import { queryRows } from '#database';
import type { Closings } from '#scheduling';
import type { JobEntity } from '../entities/job.entity.js';
import { definitionOf } from '../job-definition.js';
import type { ScheduleInput } from '../job-input.js';
import { FindJobs } from '../read/find-jobs.service.js';
import { closureAt, countRuns, jobSchedule } from '../schedule/job-schedule.js';
import { impliedType, resolveSchedule } from '../schedule/resolve-schedule.js';
import { simulateOverlap, type Simulation } from './simulate-overlap.js';

/** What is to be tried; what is left out is as the job has it. */
export interface SimulationRequest extends ScheduleInput {
  jobId: string;
  overlapPolicy?: OverlapPolicy;
  maxConcurrency?: number | null;
  /** Ids of calendars whose blackouts to leave out. */
  calendars?: string[];
  /** Default now. */
  from?: Date;
  /** Default a week after `from`. */
  to?: Date;
  /** Instead of recorded durations, in milliseconds. */
  assumedDuration?: number;
}

export interface SimulationReport extends Omit<Simulation, 'firstSkips'> {
  from: string;
  to: string;
  overlapPolicy: OverlapPolicy;
  maxConcurrency: number | null;
  /** Recorded runs the durations were taken from; 0 where one was assumed. */
  sampledRuns: number;
  /** Times that calendars leave out; they are no occurrences of the simulation. */
  blackouts: number;
  firstSkips: string[];
}

const WEEK_MS = 7 * 86_400_000;
const MAX_OCCURRENCES = 20_000;
/** The latest runs that say how long runs take. */
const MAX_SAMPLES = 1_000;

/** Says beforehand what a schedule, an overlap policy or a bound would do to a job, by how long its runs have taken. */
@Injectable()
export class SimulateSchedule {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: ChronosConfig,
    private readonly jobs: FindJobs,
    private readonly calendars: FindCalendars,
  ) {}

  /**
   * Stores nothing.
   * @throws ChronosError NOT_FOUND, or VALIDATION_FAILED for a schedule a job could not have, too many occurrences, or a
   *   job that has not run yet without `assumedDuration`
   */
  async simulate(actor: Actor, request: SimulationRequest): Promise<SimulationReport> {
    const job = await this.jobs.visible(actor, request.jobId);
    const from = request.from ?? new Date();
    const to = request.to ?? new Date(from.getTime() + WEEK_MS);
    const blackouts = await this.calendars.blackouts(actor, request.calendars ?? job.calendars, job.ownerId);
    const { times, closed } = this.#times(request, job, from, to, blackouts?.closings);
    const samples = request.assumedDuration === undefined ? await this.#recordedDurations(job.id) : [];
    if (samples.length === 0 && request.assumedDuration === undefined) {
      throw ChronosError.invalid(
        'assumedDuration',
        'is missing: the job has no finished run to learn from. Give milliseconds',
      );
    }
    const policy = request.overlapPolicy ?? job.overlapPolicy;
    const bound = request.maxConcurrency === undefined ? job.maxConcurrency : request.maxConcurrency;
    const rules = { policy, maxConcurrency: policy === 'allow_all' ? bound : null };
    const durationsMs = samples.length > 0 ? samples : [request.assumedDuration ?? 0];
    const simulation = simulateOverlap({ rules, times, durationsMs });
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      overlapPolicy: policy,
      maxConcurrency: rules.maxConcurrency,
      sampledRuns: samples.length,
      blackouts: closed,
      ...simulation,
      firstSkips: simulation.firstSkips.map((at) => new Date(at).toISOString()),
    };
  }

  #times(
    request: SimulationRequest,
    job: JobEntity,
    from: Date,
    to: Date,
    closings: Closings | undefined,
  ): { times: number[]; closed: number } {
    if (to <= from) throw ChronosError.invalid('to', 'must be later than from');
    const faults: FieldFault[] = [];
    const schedule = resolveSchedule(
      impliedType(request),
      definitionOf(job),
      this.config.jobs.minScheduleIntervalSeconds,
      faults,
    );
    if (!isPeriodic(schedule.scheduleType)) {
      faults.push({
        field: 'scheduleType',
        message: 'must be recurring or interval: other schedules have no times of their own to simulate',
      });
    }
    if (faults.length > 0)
      throw new ChronosError('VALIDATION_FAILED', 'The schedule is not valid; see details.', {
        details: faults,
      });
    const asDate = (text: string | null) => (text === null ? null : new Date(text));
    const fields = {
      ...schedule,
      scheduledAt: null,
      startsAt: asDate(schedule.startsAt),
      endsAt: asDate(schedule.endsAt),
      createdAt: job.createdAt,
    };
    const nominal = jobSchedule(fields, closings);
    const times: number[] = [];
    let at = nominal.next(from.getTime() - 1);
    for (
      ;
      at !== undefined && at <= to.getTime();
      at = nominal.next((closureAt(nominal, at)?.to ?? at + 1) - 1)
    ) {
      if (nominal.skipReason(at) === undefined) times.push(at);
      if (times.length > MAX_OCCURRENCES) {
        throw ChronosError.invalid(
          'to',
          `is too far: more than ${MAX_OCCURRENCES} occurrences; choose an earlier time`,
        );
      }
    }
    const all = nominal.count(from.getTime(), to.getTime());
    return { times, closed: all - countRuns(nominal, from.getTime(), to.getTime()) };
  }

  async #recordedDurations(jobId: string): Promise<number[]> {
    const rows = await queryRows<{ ms: number }>(this.dataSource, DURATIONS, [jobId, MAX_SAMPLES]);
    return rows.map(({ ms }) => ms);
  }
}

/** From the first attempt's start to the end, waits between attempts included: so long others meet it. Oldest first. */
const DURATIONS = `
  SELECT ms FROM (
    SELECT scheduled_for, id, (extract(epoch FROM finished_at - started_at) * 1000)::float8 AS ms FROM executions
    WHERE job_id = $1 AND started_at IS NOT NULL AND status IN ('completed', 'failed', 'timed_out')
    ORDER BY scheduled_for DESC, id DESC LIMIT $2
  ) latest ORDER BY scheduled_for, id`;
