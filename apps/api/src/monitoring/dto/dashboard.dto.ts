import { ApiProperty } from '@nestjs/swagger';
import {
  EXECUTION_STATUSES,
  type ExecutionStatus,
  JOB_STATUSES,
  JOB_TYPES,
  type JobStatus,
  type JobType,
} from '#contracts';
import type {
  AttentionFigures,
  CatchupFigures,
  DashboardFigures,
  DayFigures,
  PauseFigures,
  TrendFigures,
  UpcomingRun,
} from '#monitoring';
import { ExecutionErrorDto } from '../../executions/dto/execution.dto.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const TIME = { type: 'string', format: 'date-time' } as const;
const RATE = { type: 'number', minimum: 0, maximum: 1, nullable: true, example: 0.98 } as const;

/** A count for each of a set of words. */
function countsOf(words: readonly string[]) {
  return {
    type: 'object' as const,
    required: [...words],
    properties: Object.fromEntries(words.map((word) => [word, COUNT])),
    additionalProperties: false,
  };
}

export class JobCountsDto {
  @ApiProperty(COUNT)
  total!: number;

  @ApiProperty(countsOf(JOB_STATUSES))
  byStatus!: Record<JobStatus, number>;

  @ApiProperty(countsOf(JOB_TYPES))
  byType!: Record<JobType, number>;
}

export class DayFiguresDto implements DayFigures {
  @ApiProperty({ ...COUNT, description: 'Executions due in the last 24 hours.' })
  total!: number;

  @ApiProperty(COUNT)
  completed!: number;

  @ApiProperty({ ...COUNT, description: 'Failed or timed out, after the last attempt.' })
  failed!: number;

  @ApiProperty({ ...COUNT, description: 'At this moment, whenever they were due.' })
  running!: number;

  @ApiProperty({ ...RATE, description: 'Of those that completed or failed; null: none did.' })
  successRate!: number | null;

  @ApiProperty({ ...RATE, description: 'The rest.', example: 0.02 })
  failureRate!: number | null;

  @ApiProperty({
    type: 'number',
    nullable: true,
    description: 'Milliseconds from the first start to the end.',
  })
  avgDurationMs!: number | null;

  @ApiProperty({ type: 'number', nullable: true })
  p95DurationMs!: number | null;
}

export class CatchupFiguresDto implements CatchupFigures {
  @ApiProperty({ type: 'integer', description: 'Jobs with misfires that wait.', example: 0 })
  jobs!: number;

  @ApiProperty({ type: 'integer', description: 'Misfires that wait.', example: 0 })
  executions!: number;
}

export class PauseFiguresDto implements PauseFigures {
  @ApiProperty(TIME)
  since!: string;

  @ApiProperty({ example: 'Database maintenance until 14:00' })
  reason!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Who paused it.', example: 'Ada Lovelace' })
  by!: string | null;
}

export class UpcomingRunDto implements UpcomingRun {
  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ example: 'Send Weekly Report' })
  name!: string;

  @ApiProperty({ enum: JOB_TYPES, enumName: 'JobType' })
  type!: JobType;

  @ApiProperty({ example: 'America/New_York' })
  timezone!: string;

  @ApiProperty(TIME)
  nextRunAt!: string;
}

export class AttentionDto implements AttentionFigures {
  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ example: 'Send Weekly Report' })
  name!: string;

  @ApiProperty({ enum: JOB_TYPES, enumName: 'JobType' })
  type!: JobType;

  @ApiProperty({ enum: JOB_STATUSES, enumName: 'JobStatus' })
  jobStatus!: JobStatus;

  @ApiProperty({ format: 'uuid', description: 'The execution that failed last.' })
  executionId!: string;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus' })
  status!: ExecutionStatus;

  @ApiProperty(TIME)
  failedAt!: string;

  @ApiProperty({ type: ExecutionErrorDto, nullable: true })
  error!: ExecutionErrorDto | null;

  @ApiProperty({ ...COUNT, description: 'Failed executions within the days asked for.' })
  failures!: number;
}

export class TrendDto implements TrendFigures {
  @ApiProperty({ type: 'string', format: 'date', description: 'A day in UTC.', example: '2026-11-23' })
  date!: string;

  @ApiProperty(COUNT)
  completed!: number;

  @ApiProperty(COUNT)
  failed!: number;
}

export class DashboardDto implements DashboardFigures {
  @ApiProperty({ type: JobCountsDto })
  jobs!: JobCountsDto;

  @ApiProperty({ type: DayFiguresDto })
  executions24h!: DayFiguresDto;

  @ApiProperty({
    type: PauseFiguresDto,
    nullable: true,
    description: 'Everything is paused, and nothing starts; null where it is not.',
  })
  paused!: PauseFiguresDto | null;

  @ApiProperty({
    type: CatchupFiguresDto,
    description: 'What an outage left and an administrator has yet to release or drop (`GET /catchup`).',
  })
  catchup!: CatchupFiguresDto;

  @ApiProperty({
    type: [UpcomingRunDto],
    description: 'The next runs of active jobs, at most 10; none while everything is paused.',
  })
  upcoming!: UpcomingRunDto[];

  @ApiProperty({
    type: [AttentionDto],
    description: 'Jobs whose latest execution failed within the days asked for, at most 20.',
  })
  attention!: AttentionDto[];

  @ApiProperty({ type: [TrendDto], description: 'One entry a day, oldest first, today last.' })
  trend!: TrendDto[];
}
