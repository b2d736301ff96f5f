import { ApiProperty } from '@nestjs/swagger';
import {
  BACKOFF_STRATEGIES,
  type BackoffPolicy,
  type BackoffStrategy,
  DST_GAP_POLICIES,
  DST_OVERLAP_POLICIES,
  type DstGapPolicy,
  type DstOverlapPolicy,
  EXECUTION_STATUSES,
  type ExecutionStatus,
  JOB_STATUSES,
  JOB_TYPES,
  type JobStatus,
  type JobType,
  type JsonObject,
  MISFIRE_POLICIES,
  type MisfirePolicy,
  OVERLAP_POLICIES,
  type OverlapPolicy,
  SCHEDULE_TYPES,
  type ScheduleType,
} from '#contracts';
import type { JobView } from '#jobs';
import { ChainLinkDto } from './after.dto.js';
import { NotificationsDto } from './notifications.dto.js';

const TIME = { type: 'string', format: 'date-time' } as const;

export class WholeBackoffDto implements BackoffPolicy {
  @ApiProperty({ enum: BACKOFF_STRATEGIES, enumName: 'BackoffStrategy' })
  strategy!: BackoffStrategy;

  @ApiProperty({ example: 5 })
  factor!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds.', example: 86_400_000 })
  maxDelay!: number;

  @ApiProperty({ example: 0 })
  jitter!: number;
}

export class JobDto implements JobView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  ownerId!: string;

  @ApiProperty({ example: 'Send Weekly Report' })
  name!: string;

  @ApiProperty({ type: 'string', nullable: true })
  description!: string | null;

  @ApiProperty({ enum: JOB_TYPES, enumName: 'JobType' })
  type!: JobType;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Secrets masked as `********`.',
    example: { url: 'https://api.example.com/reports', headers: { Authorization: '********' } },
  })
  payload!: JsonObject;

  @ApiProperty({ example: ['body.apiKey'] })
  secretFields!: string[];

  @ApiProperty({ enum: SCHEDULE_TYPES, enumName: 'ScheduleType' })
  scheduleType!: ScheduleType;

  @ApiProperty({ ...TIME, nullable: true })
  scheduledAt!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '0 9 * * 1' })
  cronExpression!: string | null;

  @ApiProperty({ example: 'America/New_York' })
  timezone!: string;

  @ApiProperty({ type: 'integer', example: 3 })
  maxRetries!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds.', example: 5_000 })
  retryDelay!: number;

  @ApiProperty({ type: WholeBackoffDto })
  backoff!: WholeBackoffDto;

  @ApiProperty({ type: 'integer', description: 'Milliseconds.', example: 30_000 })
  timeout!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  priority!: number;

  @ApiProperty({ example: ['reports'] })
  tags!: string[];

  @ApiProperty({ type: NotificationsDto })
  notifications!: NotificationsDto;

  @ApiProperty({ enum: OVERLAP_POLICIES, enumName: 'OverlapPolicy' })
  overlapPolicy!: OverlapPolicy;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Bounds `allow_all`; null for no bound.' })
  maxConcurrency!: number | null;

  @ApiProperty({ enum: MISFIRE_POLICIES, enumName: 'MisfirePolicy' })
  misfirePolicy!: MisfirePolicy;

  @ApiProperty({ type: 'integer', description: 'Milliseconds.', example: 86_400_000 })
  catchupWindow!: number;

  @ApiProperty({ enum: DST_GAP_POLICIES, enumName: 'DstGapPolicy' })
  dstGap!: DstGapPolicy;

  @ApiProperty({ enum: DST_OVERLAP_POLICIES, enumName: 'DstOverlapPolicy' })
  dstOverlap!: DstOverlapPolicy;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Milliseconds; `interval` jobs only.' })
  every!: number | null;

  @ApiProperty({
    type: [ChainLinkDto],
    description: 'The jobs it runs after; `chained` jobs only.',
    example: [],
  })
  after!: ChainLinkDto[];

  @ApiProperty({ ...TIME, nullable: true })
  startsAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true })
  endsAt!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  maxRuns!: number | null;

  @ApiProperty({ type: 'integer', description: 'Milliseconds.', example: 0 })
  jitter!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  pauseAfterFailures!: number | null;

  @ApiProperty({ example: [], description: 'Ids of the calendars that say when it does not run.' })
  calendars!: string[];

  @ApiProperty({ enum: JOB_STATUSES, enumName: 'JobStatus' })
  status!: JobStatus;

  @ApiProperty({ type: 'string', nullable: true, description: 'Why it is paused, or how it ended.' })
  statusReason!: string | null;

  @ApiProperty({
    ...TIME,
    nullable: true,
    description: 'The next time that is not skipped. Null: nothing to come, paused, or chained.',
  })
  nextRunAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, description: 'Start of the newest execution.' })
  lastRunAt!: string | null;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus', nullable: true })
  lastStatus!: ExecutionStatus | null;

  @ApiProperty({ type: 'integer', description: 'Grows with every change; also in `ETag`.', example: 1 })
  version!: number;

  @ApiProperty(TIME)
  createdAt!: string;

  @ApiProperty(TIME)
  updatedAt!: string;
}
