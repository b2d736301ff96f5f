import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { JOB_STATUSES, type JobStatus, MISFIRE_POLICIES, type MisfirePolicy } from '#contracts';
import type { CatchupDecision, CatchupView, DropInput, ReleaseInput } from '#jobs';
import { IntField, OptionalField, PageQueryDto, TextField } from '../../http/index.js';

const TIME = { type: 'string', format: 'date-time' } as const;

export class CatchupsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'What waits of one job.' })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  jobId?: string;
}

export class CatchupDto implements CatchupView {
  @ApiProperty({ format: 'uuid' })
  reviewId!: string;

  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ example: 'Nightly report' })
  jobName!: string;

  @ApiProperty({ enum: JOB_STATUSES, enumName: 'JobStatus' })
  jobStatus!: JobStatus;

  @ApiProperty({ format: 'uuid' })
  ownerId!: string;

  @ApiProperty({ example: 'jane@example.com' })
  ownerEmail!: string;

  @ApiProperty({ enum: MISFIRE_POLICIES, enumName: 'MisfirePolicy' })
  misfirePolicy!: MisfirePolicy;

  @ApiProperty({
    type: 'integer',
    description: 'Nominal times that passed while nothing ran, whatever the policy says of them.',
    example: 36,
  })
  misfires!: number;

  @ApiProperty({ ...TIME, description: 'The first of them.' })
  from!: string;

  @ApiProperty({ ...TIME, description: 'The last of them.' })
  to!: string;

  @ApiProperty({ type: 'integer', description: 'How many the policy would run: these wait.', example: 1 })
  held!: number;

  @ApiProperty({ ...TIME, description: 'The first that waits.' })
  heldFrom!: string;

  @ApiProperty({ ...TIME, description: 'The last that waits.' })
  heldTo!: string;

  @ApiProperty({ ...TIME, description: 'Since when they wait.' })
  openedAt!: string;
}

export class ReleaseCatchupDto implements ReleaseInput {
  @IntField({
    optional: true,
    min: 1,
    max: 60,
    description: 'How many of a job begin in a minute, at most. Left out: one a second.',
    example: 10,
  })
  ratePerMinute?: number;
}

export class DropCatchupDto implements DropInput {
  @TextField({
    optional: true,
    max: 500,
    description: 'Shown in the ledger.',
    example: 'The supplier has sent the files again since',
  })
  reason?: string;
}

export class CatchupDecisionDto implements CatchupDecision {
  @ApiProperty({ type: 'integer', description: 'Jobs decided about.', example: 12 })
  jobs!: number;

  @ApiProperty({ type: 'integer', description: 'Executions that will run, or will not.', example: 40 })
  executions!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Jobs that still wait because they are paused: what is released must run.',
    example: 0,
  })
  paused!: number;
}
