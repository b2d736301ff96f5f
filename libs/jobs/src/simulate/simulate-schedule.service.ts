import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindCalendars } from '#calendars';
import { ChronosConfig } from '#config';
import { type Actor, ChronosError, type FieldFault, isPeriodic, type OverlapPolicy } from '#contracts';
import { DEFAULT_TIMEOUT_MS } from '../commands/resolve-definition.service.js';
import type { JobEntity } from '../entities/job.entity.js';
import { definitionOf } from '../job-definition.js';
import type { JobPatch, ScheduleInput } from '../job-input.js';
import { ledgerSituation } from '../ledger/ledger-situation.js';
import { FindJobs } from '../read/find-jobs.service.js';
import { type JobSchedule, jobSchedule, type SkipReason } from '../schedule/job-schedule.js';
import {
  impliedType,
  isSameSchedule,
  type ResolvedSchedule,
  resolveSchedule,
} from '../schedule/resolve-schedule.js';
import { inFigures, type RecordedDurations, recordedDurations } from './recorded-durations.js';
import { simulateOverlap, type Simulation } from './simulate-overlap.js';
import { type TimesToSimulate, timesToSimulate } from './times-to-simulate.js';

/** What is to be tried; with `jobId`, what is left out is as the job has it, else as a new job would. */
export interface SimulationRequest
  extends
    ScheduleInput,
    Pick<JobPatch, 'overlapPolicy' | 'maxConcurrency' | 'calendars' | 'maxRuns' | 'timeout'> {
  jobId?: string;
  /** Default now. */
  from?: Date;
  /** Default a week after `from`, or as far as occurrences are looked at. */
  to?: Date;
  /** Instead of recorded durations, in milliseconds. */
  assumedDuration?: number;
}

export interface SimulationReport extends Omit<Simulation, 'firstSkips'> {
  from: string;
  /** How far was looked. */
  to: string;
  overlapPolicy: OverlapPolicy;
  maxConcurrency: number | null;
  /** Recorded runs the durations were taken from; 0 where one was assumed. */
  sampledRuns: number;
  /** How long each run was taken to last, in milliseconds; null where recorded durations were taken. */
  assumedDuration: number | null;
  /** How long runs of the job took, also where a duration was assumed; null where there is none to learn from. */
  recorded: RecordedDurations | null;
  /** Times that calendars leave out; they are no occurrences of the simulation. */
  blackouts: number;
  /** Times that a clock change leaves out; no occurrences either. */
  dstGaps: number;
  firstSkips: string[];
}

const WEEK_MS = 7 * 86_400_000;
const MAX_OCCURRENCES = 20_000;
/** How long a run is taken to last where nothing is known of it, if the job lets it. */
const UNKNOWN_DURATION_MS = 60_000;

/** Says beforehand what a schedule, an overlap policy or a bound would do, to a job by how long its runs have taken. */
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
   * @throws ChronosError NOT_FOUND, or VALIDATION_FAILED for a schedule a job could not have or too many occurrences
   */
  async simulate(actor: Actor, request: SimulationRequest): Promise<SimulationReport> {
    const job = request.jobId === undefined ? undefined : await this.jobs.visible(actor, request.jobId);
    const from = request.from ?? new Date();
    const schedule = this.#resolve(request, job);
    const named = request.calendars ?? job?.calendars ?? [];
    const blackouts = await this.calendars.blackouts(actor, named, job?.ownerId);
    const nominal = jobSchedule(fieldsOf(schedule, job?.createdAt ?? from), blackouts?.closings);
    // A new job's interval is counted from its creation, at which it does not run.
    const isCounted = !job && schedule.scheduleType === 'interval' && schedule.startsAt === null;
    const { times, leftOut, to } = lookAhead(nominal, from.getTime() + Number(isCounted), request);
    const recorded = job ? await recordedDurations(this.dataSource, job.id) : [];
    const assumed = request.assumedDuration ?? (recorded.length === 0 ? unknownDuration(request, job) : null);
    const rules = rulesOf(request, job);
    const simulation = simulateOverlap({
      rules,
      times,
      durationsMs: assumed === null ? recorded : [assumed],
      maxRuns: await this.#runsLeft(request, job, schedule),
    });
    // What comes after the last run that `maxRuns` allows is not left out: the schedule is over.
    const ended = simulation.occurrences < times.length;
    const lastMs = ended ? (times[simulation.occurrences - 1] ?? -Infinity) : Infinity;
    const count = (reason: SkipReason) =>
      leftOut.reduce((sum, one) => sum + (one.reason === reason && one.at < lastMs ? one.count : 0), 0);
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      overlapPolicy: rules.policy,
      maxConcurrency: rules.maxConcurrency,
      sampledRuns: assumed === null ? recorded.length : 0,
      assumedDuration: assumed,
      recorded: inFigures(recorded),
      blackouts: count('blackout'),
      dstGaps: count('dst_gap'),
      ...simulation,
      firstSkips: simulation.firstSkips.map((at) => new Date(at).toISOString()),
    };
  }

  #resolve(request: SimulationRequest, job: JobEntity | undefined): ResolvedSchedule {
    const asked = impliedType(request);
    if (asked.scheduleType === undefined && !job) {
      throw ChronosError.invalid(
        'cronExpression',
        'is missing: give it or "every", or the "jobId" of a job that has one of them',
      );
    }
    const faults: FieldFault[] = [];
    const schedule = resolveSchedule(
      asked,
      job && definitionOf(job),
      this.config.jobs.minScheduleIntervalSeconds,
      faults,
    );
    if (!isPeriodic(schedule.scheduleType)) {
      faults.push({
        field: 'scheduleType',
        message: 'must be recurring or interval: other schedules have no times of their own to simulate',
      });
    }
    if (faults.length > 0) {
      throw new ChronosError('VALIDATION_FAILED', 'The schedule is not valid; see details.', {
        details: faults,
      });
    }
    return schedule;
  }

  /** A schedule of its own counts its runs from the beginning; that of the job goes on counting. */
  async #runsLeft(
    { maxRuns }: SimulationRequest,
    job: JobEntity | undefined,
    schedule: ResolvedSchedule,
  ): Promise<number> {
    const bound = maxRuns === undefined ? (job?.maxRuns ?? null) : maxRuns;
    if (bound === null) return Infinity;
    if (!job || !isSameSchedule(definitionOf(job), schedule)) return bound;
    return (await ledgerSituation(this.dataSource, { id: job.id, maxRuns: bound })).runsLeft;
  }
}

function fieldsOf(schedule: ResolvedSchedule, createdAt: Date) {
  const asDate = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...schedule,
    scheduledAt: null,
    startsAt: asDate(schedule.startsAt),
    endsAt: asDate(schedule.endsAt),
    createdAt,
  };
}

function lookAhead(
  nominal: JobSchedule,
  fromMs: number,
  { to: asked }: SimulationRequest,
): Pick<TimesToSimulate, 'times' | 'leftOut'> & { to: Date } {
  const to = asked ?? new Date(fromMs + WEEK_MS);
  if (to.getTime() <= fromMs) throw ChronosError.invalid('to', 'must be later than from');
  const found = timesToSimulate(nominal, fromMs, to.getTime(), MAX_OCCURRENCES);
  if (found.brokenOffAt === undefined) return { ...found, to };
  if (!asked) return { ...found, to: new Date(found.brokenOffAt) };
  throw ChronosError.invalid(
    'to',
    `is too far: more than ${MAX_OCCURRENCES} occurrences; choose an earlier time`,
  );
}

function rulesOf(request: SimulationRequest, job: JobEntity | undefined) {
  const policy = request.overlapPolicy ?? job?.overlapPolicy ?? 'skip';
  const bound = request.maxConcurrency === undefined ? (job?.maxConcurrency ?? null) : request.maxConcurrency;
  return { policy, maxConcurrency: policy === 'allow_all' ? bound : null };
}

function unknownDuration({ timeout }: SimulationRequest, job: JobEntity | undefined): number {
  return Math.min(UNKNOWN_DURATION_MS, timeout ?? job?.timeoutMs ?? DEFAULT_TIMEOUT_MS);
}
