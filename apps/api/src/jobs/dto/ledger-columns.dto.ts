import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { GAP_REASONS, type GapReason, JOB_STATUSES, type JobStatus, LATE_AFTER_MS } from '#contracts';
import type { JobColumns, LedgerColumn } from '#jobs';
import { IsQueryInt, QueryIdsField, QueryInstantField } from '../../http/index.js';

const MAX_JOBS = 50;
const MAX_BUCKETS = 500;
const TIME = { type: 'string', format: 'date-time' } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

export class LedgerColumnsQueryDto {
  @QueryIdsField(MAX_JOBS, {
    description: 'Ids of jobs. Those that are not there, or not yours, are left out.',
  })
  jobIds!: string[];

  @QueryInstantField('first', { description: 'Start of the first column. Default: 24 hours ago.' })
  from?: Date;

  @QueryInstantField('last', { description: 'End of the last column. Default: 6 hours from now.' })
  to?: Date;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_BUCKETS, default: 60 })
  @IsQueryInt({ min: 1, max: MAX_BUCKETS })
  buckets: number = 60;
}

export class LedgerColumnDto implements LedgerColumn {
  @ApiProperty({ ...TIME, description: 'Where it begins; it ends where the next one does.' })
  from!: string;

  @ApiProperty(COUNT)
  ran!: number;

  @ApiProperty({
    ...COUNT,
    description: `Completed, and began more than ${LATE_AFTER_MS} ms after it was due.`,
  })
  late!: number;

  @ApiProperty({ ...COUNT, description: 'Or timed out.' })
  failed!: number;

  @ApiProperty(COUNT)
  missed!: number;

  @ApiProperty(COUNT)
  skipped!: number;

  @ApiProperty(COUNT)
  cancelled!: number;

  @ApiProperty(COUNT)
  running!: number;

  @ApiProperty({ ...COUNT, description: 'Due, or waiting to be tried again.' })
  waiting!: number;

  @ApiProperty({ ...COUNT, description: 'Yet to come.' })
  forecast!: number;

  @ApiProperty({ ...COUNT, description: 'Beside the schedule: manual ones, retries, backfills.' })
  offSchedule!: number;
}

export class ColumnsGapDto {
  @ApiProperty({ ...TIME, description: 'The first nominal time of it.' })
  from!: string;

  @ApiProperty({ ...TIME, description: 'The last one.' })
  until!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  count!: number;

  @ApiProperty({ enum: GAP_REASONS, enumName: 'GapReason' })
  reason!: GapReason;
}

export class JobColumnsDto implements JobColumns {
  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ example: 'Weekly report' })
  name!: string;

  @ApiProperty({ example: 'Europe/Berlin' })
  timezone!: string;

  @ApiProperty({ enum: JOB_STATUSES, enumName: 'JobStatus' })
  status!: JobStatus;

  @ApiProperty({ ...TIME, nullable: true, description: 'Since when it has been paused; null unless it is.' })
  pausedAt!: string | null;

  @ApiProperty({ type: [LedgerColumnDto], description: 'In order, of equal width.' })
  columns!: LedgerColumnDto[];

  @ApiProperty({
    type: [ColumnsGapDto],
    description: 'Nominal times in a row without rows of their own; they are in no column.',
  })
  gaps!: ColumnsGapDto[];
}
