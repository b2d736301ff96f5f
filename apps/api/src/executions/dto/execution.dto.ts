import { ApiProperty } from '@nestjs/swagger';
import {
  EXECUTION_REASONS,
  EXECUTION_STATUSES,
  EXECUTION_TRIGGERS,
  type ExecutionError,
  type ExecutionReason,
  type ExecutionStatus,
  type ExecutionTrigger,
  JOB_TYPES,
  type JobType,
  type JsonValue,
} from '#contracts';
import {
  ATTEMPT_STATUSES,
  type AttemptStatus,
  type AttemptView,
  type ExecutionDetail,
  type ExecutionView,
  type RelatedExecution,
} from '#executions';
import type { NamedExecutionView } from '#jobs';

const TIME = { type: 'string', format: 'date-time' } as const;

export class ExecutionErrorDto implements ExecutionError {
  @ApiProperty({ description: 'A stable upper-case word.', example: 'HTTP_STATUS' })
  code!: string;

  @ApiProperty({ example: 'The target answered 503 Service Unavailable.' })
  message!: string;

  @ApiProperty({ description: 'False: no further attempt was made, whatever was left.' })
  retryable!: boolean;
}

export class AttemptDto implements AttemptView {
  @ApiProperty({ type: 'integer', example: 1 })
  attempt!: number;

  @ApiProperty({
    enum: [...ATTEMPT_STATUSES, 'running'],
    enumName: 'AttemptStatus',
    description: '`lost`: its worker died or lost touch, and the attempt was taken over.',
  })
  status!: AttemptStatus | 'running';

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  workerId!: string | null;

  @ApiProperty(TIME)
  startedAt!: string;

  @ApiProperty({ ...TIME, nullable: true })
  finishedAt!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 184 })
  durationMs!: number | null;

  @ApiProperty({ type: ExecutionErrorDto, nullable: true })
  error!: ExecutionErrorDto | null;
}

export class ExecutionDto implements ExecutionView {
  @ApiProperty({ format: 'uuid', description: 'Stable over all attempts; targets deduplicate by it.' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ enum: JOB_TYPES, enumName: 'JobType' })
  type!: JobType;

  @ApiProperty({ enum: EXECUTION_TRIGGERS, enumName: 'ExecutionTrigger' })
  trigger!: ExecutionTrigger;

  @ApiProperty({ ...TIME, description: 'The nominal time.' })
  scheduledFor!: string;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus' })
  status!: ExecutionStatus;

  @ApiProperty({
    enum: EXECUTION_REASONS,
    enumName: 'ExecutionReason',
    nullable: true,
    description: 'Why it did not run, or was cancelled.',
  })
  reason!: ExecutionReason | null;

  @ApiProperty({ type: 'integer', description: 'Attempts begun.', example: 1 })
  attempt!: number;

  @ApiProperty({ type: 'integer', example: 4 })
  maxAttempts!: number;

  @ApiProperty({ ...TIME, nullable: true, description: 'While it waits: when it begins, or is tried again.' })
  nextAttemptAt!: string | null;

  @ApiProperty({
    ...TIME,
    nullable: true,
    description: 'Since when it has been waiting, or had to wait, for other executions of its job.',
  })
  bufferedAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true })
  queuedAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, description: 'Start of the first attempt.' })
  startedAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true })
  finishedAt!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'From the first start to the end.' })
  durationMs!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'How much later than due it began.' })
  latenessMs!: number | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  workerId!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'The execution this one repeats.',
  })
  retryOf!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'The backfill it was made for.',
  })
  backfillId!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'The review of misfires it waits for; null when that is decided.',
  })
  heldForReview!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What the job returned, by its type; any JSON value.',
    example: { statusCode: 200, body: 'ok', bodyTruncated: false, durationMs: 184 },
  })
  result!: JsonValue | null;

  @ApiProperty({ type: ExecutionErrorDto, nullable: true, description: 'How the latest attempt failed.' })
  error!: ExecutionErrorDto | null;
}

export class RelatedExecutionDto implements RelatedExecution {
  @ApiProperty({ format: 'uuid' })
  executionId!: string;

  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ example: 'Load the warehouse' })
  jobName!: string;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus' })
  status!: ExecutionStatus;

  @ApiProperty({ enum: EXECUTION_REASONS, enumName: 'ExecutionReason', nullable: true })
  reason!: ExecutionReason | null;
}

export class ExecutionWithAttemptsDto extends ExecutionDto implements ExecutionDetail {
  @ApiProperty({ type: [AttemptDto], description: 'In order; the last may be running.' })
  attempts!: AttemptDto[];

  @ApiProperty({
    type: [RelatedExecutionDto],
    description: 'Of the jobs it runs after: what set it off, or kept it from running.',
  })
  parents!: RelatedExecutionDto[];

  @ApiProperty({
    type: [RelatedExecutionDto],
    description: 'Of the jobs that run after this one: what it set off, or kept from running.',
  })
  children!: RelatedExecutionDto[];
}

export class NamedExecutionDto extends ExecutionDto implements NamedExecutionView {
  @ApiProperty({ description: 'The name of its job.', example: 'Weekly report' })
  jobName!: string;
}
