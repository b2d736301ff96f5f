import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import {
  EXECUTION_REASONS,
  EXECUTION_STATUSES,
  EXECUTION_TRIGGERS,
  type ExecutionReason,
  type ExecutionStatus,
  type ExecutionTrigger,
  GAP_REASONS,
  type GapReason,
  MISS_REASONS,
  type MissReason,
} from '#contracts';
import type {
  Ledger,
  LedgerEntry,
  LedgerExecution,
  LedgerForecast,
  LedgerGap,
  LedgerOutcome,
  LedgerReview,
} from '#jobs';
import { IsQueryInt, QueryInstantField } from '../../http/index.js';

const TIME = { type: 'string', format: 'date-time' } as const;
const LOCAL = { example: '2030-03-31T03:30:00+02:00' };
const MAX_ENTRIES = 1_000;

export class LedgerQueryDto {
  @QueryInstantField('first', {
    description: 'Earliest nominal time; a date alone is its start in UTC. Default: a week ago.',
  })
  from?: Date;

  @QueryInstantField('last', {
    description: 'Latest nominal time; a date alone is its end in UTC. Default: a week from now.',
  })
  to?: Date;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_ENTRIES, default: 500 })
  @IsQueryInt({ min: 1, max: MAX_ENTRIES })
  limit: number = 500;
}

export class LedgerOutcomeDto implements LedgerOutcome {
  @ApiProperty({ format: 'uuid' })
  executionId!: string;

  @ApiProperty({ enum: EXECUTION_TRIGGERS, enumName: 'ExecutionTrigger' })
  trigger!: ExecutionTrigger;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus' })
  status!: ExecutionStatus;

  @ApiProperty({ enum: EXECUTION_REASONS, enumName: 'ExecutionReason', nullable: true })
  reason!: ExecutionReason | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Why it did not run, in a sentence.' })
  why!: string | null;
}

export class LedgerExecutionDto implements LedgerExecution {
  @ApiProperty({ enum: ['execution'] })
  kind!: 'execution';

  @ApiProperty({ ...TIME, description: 'The nominal time.' })
  at!: string;

  @ApiProperty({ description: "The same on the clocks of the job's zone.", ...LOCAL })
  localTime!: string;

  @ApiProperty({ ...TIME, description: 'The nominal time and its jitter, or when somebody asked for it.' })
  dueAt!: string;

  @ApiProperty({ format: 'uuid', description: 'The newest execution of the occurrence.' })
  executionId!: string;

  @ApiProperty({ enum: EXECUTION_TRIGGERS, enumName: 'ExecutionTrigger' })
  trigger!: ExecutionTrigger;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus' })
  status!: ExecutionStatus;

  @ApiProperty({ enum: EXECUTION_REASONS, enumName: 'ExecutionReason', nullable: true })
  reason!: ExecutionReason | null;

  @ApiProperty({ ...TIME, nullable: true })
  startedAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true })
  finishedAt!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Milliseconds from `dueAt` to `startedAt`.' })
  latenessMs!: number | null;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'The backfill it was made for.',
  })
  backfillId!: string | null;

  @ApiProperty({
    type: [LedgerOutcomeDto],
    description:
      'Executions of the same occurrence before this one, newest first: what was retried or filled in.',
  })
  earlier!: LedgerOutcomeDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Why it did not run, in a sentence.' })
  why!: string | null;
}

export class LedgerGapDto implements LedgerGap {
  @ApiProperty({ enum: ['gap'] })
  kind!: 'gap';

  @ApiProperty({ ...TIME, description: 'The first nominal time of it.' })
  at!: string;

  @ApiProperty(LOCAL)
  localTime!: string;

  @ApiProperty({ ...TIME, description: 'The last one.' })
  until!: string;

  @ApiProperty({ type: 'integer', description: 'How many nominal times fell into it.', example: 72 })
  count!: number;

  @ApiProperty({
    type: 'integer',
    description: 'How many of these a backfill has completed since; they have entries of their own.',
    example: 0,
  })
  filled!: number;

  @ApiProperty({ enum: GAP_REASONS, enumName: 'GapReason' })
  reason!: GapReason;

  @ApiProperty({
    enum: MISS_REASONS,
    enumName: 'MissReason',
    nullable: true,
    description: 'Which misfire rule left them out.',
  })
  detail!: MissReason | null;

  @ApiProperty({ description: 'In a sentence.', example: 'The job was paused.' })
  why!: string;
}

export class LedgerForecastDto implements LedgerForecast {
  @ApiProperty({ enum: ['forecast'] })
  kind!: 'forecast';

  @ApiProperty({ ...TIME, description: 'The nominal time.' })
  at!: string;

  @ApiProperty(LOCAL)
  localTime!: string;

  @ApiProperty({ ...TIME, description: 'The nominal time and its jitter.' })
  dueAt!: string;

  @ApiProperty({
    enum: ['expected', 'held', 'overdue', 'skipped'],
    description:
      '`held`: the job is paused. `overdue`: no planner has come to it yet. `skipped`: it will not run.',
  })
  status!: LedgerForecast['status'];

  @ApiProperty({ enum: EXECUTION_REASONS, enumName: 'ExecutionReason', nullable: true })
  reason!: ExecutionReason | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What a clock change does to it; of a chained job, what it runs after.',
  })
  note!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Why it will not run at its time.' })
  why!: string | null;
}

class LedgerReviewDto implements LedgerReview {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'How many of its misfires wait.', example: 3 })
  held!: number;

  @ApiProperty({ ...TIME, description: 'The first nominal time that waits.' })
  from!: string;

  @ApiProperty({ ...TIME, description: 'The last one.' })
  to!: string;

  @ApiProperty({ ...TIME, description: 'Since when they wait.' })
  openedAt!: string;
}

export class LedgerDto implements Ledger {
  @ApiProperty({
    type: 'array',
    items: {
      oneOf: [LedgerExecutionDto, LedgerGapDto, LedgerForecastDto].map((dto) => ({
        $ref: getSchemaPath(dto),
      })),
    },
    description: 'Oldest first.',
  })
  entries!: LedgerEntry[];

  @ApiProperty({
    ...TIME,
    nullable: true,
    description: 'The rest of the range begins here; null where there is none.',
  })
  nextFrom!: string | null;

  @ApiProperty({
    type: LedgerReviewDto,
    nullable: true,
    description:
      'Misfires of the job that wait for an administrator to release or drop them, wherever in time.',
  })
  review!: LedgerReviewDto | null;
}
