import { ApiProperty } from '@nestjs/swagger';
import {
  BACKFILL_MODES,
  BACKFILL_OVERLAPS,
  BACKFILL_STATUSES,
  type BackfillMode,
  type BackfillOverlap,
  type BackfillStatus,
} from '#contracts';
import type { BackfillForecast, BackfillView } from '#jobs';

const TIME = { type: 'string', format: 'date-time' } as const;
const COUNT = { type: 'integer' } as const;
const FROM = { ...TIME, example: '2026-01-01T00:00:00.000Z' } as const;
const TO = { ...TIME, example: '2026-01-31T23:59:59.000Z' } as const;

export class BackfillDto implements BackfillView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ ...FROM, description: 'First nominal time, included.' })
  from!: string;

  @ApiProperty({ ...TO, description: 'Last nominal time, included.' })
  to!: string;

  @ApiProperty({ enum: BACKFILL_MODES, enumName: 'BackfillMode' })
  mode!: BackfillMode;

  @ApiProperty({ ...COUNT, nullable: true, example: 30 })
  ratePerMinute!: number | null;

  @ApiProperty({ enum: BACKFILL_OVERLAPS, enumName: 'BackfillOverlap' })
  overlapPolicy!: BackfillOverlap;

  @ApiProperty({ description: "Whether it runs also what the job's calendars leave out." })
  includeBlackouts!: boolean;

  @ApiProperty({
    enum: BACKFILL_STATUSES,
    enumName: 'BackfillStatus',
    description: '`cancelled`: what had not begun will not; what had may go on.',
  })
  status!: BackfillStatus;

  @ApiProperty({
    ...COUNT,
    description:
      'Nominal times chosen: `pending`, `running`, `completed`, `failed`, `cancelled` and `skipped`.',
    example: 31,
  })
  total!: number;

  @ApiProperty({ ...COUNT, description: 'Executions made so far.', example: 12 })
  dispatched!: number;

  @ApiProperty({ ...COUNT, description: 'Nominal times that wait for their turn.', example: 18 })
  pending!: number;

  @ApiProperty({ ...COUNT, description: 'Executions that are not over.', example: 1 })
  running!: number;

  @ApiProperty({ ...COUNT, example: 10 })
  completed!: number;

  @ApiProperty({
    ...COUNT,
    description: 'Executions that failed or timed out after their last retry.',
    example: 1,
  })
  failed!: number;

  @ApiProperty({
    ...COUNT,
    description: 'Executions cancelled, and times that will not have their turn.',
    example: 0,
  })
  cancelled!: number;

  @ApiProperty({
    ...COUNT,
    description: 'Times left out when their turn came: something else had run them, or was about to.',
    example: 1,
  })
  skipped!: number;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Why nothing happens at the moment.',
    example: 'The job is paused: what has not begun waits until it is resumed.',
  })
  note!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'The account that asked for it.',
  })
  createdBy!: string | null;

  @ApiProperty(TIME)
  createdAt!: string;

  @ApiProperty({ ...TIME, nullable: true })
  finishedAt!: string | null;
}

class FoundTimesDto {
  @ApiProperty({
    ...COUNT,
    description: 'Nothing ran: skipped, missed, in a gap, or before the job existed.',
    example: 4,
  })
  missing!: number;

  @ApiProperty({ ...COUNT, description: 'Failed, timed out or cancelled, and never completed.', example: 1 })
  failed!: number;

  @ApiProperty({ ...COUNT, example: 26 })
  completed!: number;

  @ApiProperty({ ...COUNT, description: 'Not over; no mode runs them.', example: 0 })
  live!: number;

  @ApiProperty({
    ...COUNT,
    description: 'Further back than history is kept (`RETENTION_DAYS`); only `all` runs them.',
    example: 0,
  })
  forgotten!: number;
}

export class BackfillForecastDto implements BackfillForecast {
  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty(FROM)
  from!: string;

  @ApiProperty({ ...TO, description: 'Now, where the range reached further.' })
  to!: string;

  @ApiProperty({ enum: BACKFILL_MODES, enumName: 'BackfillMode' })
  mode!: BackfillMode;

  @ApiProperty({ ...COUNT, description: 'Executions it would make.', example: 4 })
  total!: number;

  @ApiProperty({ ...TIME, nullable: true, description: 'The first nominal time it would run.' })
  first!: string | null;

  @ApiProperty({ ...TIME, nullable: true, description: 'The last one.' })
  last!: string | null;

  @ApiProperty({
    type: FoundTimesDto,
    description: 'The nominal times of the range by what has become of them.',
  })
  found!: FoundTimesDto;

  @ApiProperty({ ...COUNT, description: 'Nominal times the schedule itself leaves out.', example: 0 })
  excluded!: number;
}
