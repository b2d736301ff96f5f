import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import {
  ERROR_CODES,
  type ErrorCode,
  JOB_LIMITS,
  JOB_STATUSES,
  JOB_TYPES,
  type JobStatus,
  type JobType,
  SCHEDULE_TYPES,
  type ScheduleType,
} from '#contracts';
import {
  BULK_ACTIONS,
  BULK_LIMIT,
  type BulkAction,
  type BulkReport,
  type BulkRequest,
  type JobSelection,
} from '#jobs';
import { ChoiceField, IdsField, ObjectField, OptionalField, TextField } from '../../http/index.js';

/** As the query of `GET /jobs`. */
export class JobSelectionDto implements JobSelection {
  @ChoiceField(JOB_STATUSES, { optional: true, enumName: 'JobStatus' })
  status?: JobStatus;

  @ChoiceField(JOB_TYPES, { optional: true, enumName: 'JobType' })
  type?: JobType;

  @ChoiceField(SCHEDULE_TYPES, { optional: true, enumName: 'ScheduleType' })
  scheduleType?: ScheduleType;

  @TextField({ optional: true, max: 200, description: 'Part of the name or description, in any case.' })
  search?: string;

  @TextField({ optional: true, max: JOB_LIMITS.tag, example: 'reports' })
  tag?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'One owner. For admins.' })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  owner?: string;
}

export class BulkJobsDto implements BulkRequest {
  @ChoiceField(BULK_ACTIONS, { enumName: 'BulkAction', example: 'pause' })
  action!: BulkAction;

  @IdsField(BULK_LIMIT, { optional: true, description: 'These jobs. Or give `filter`.' })
  ids?: string[];

  @ObjectField(() => JobSelectionDto, {
    optional: true,
    description: `All jobs that match, ${BULK_LIMIT} in one request: repeat it with \`after\` while \`next\` is not null.`,
  })
  filter?: JobSelectionDto;

  @ApiPropertyOptional({ format: 'uuid', description: '`next` of the answer before.' })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  after?: string;

  @TextField({ optional: true, max: 500, description: 'With `pause`.', example: 'Supplier is down' })
  reason?: string;

  @TextField({ optional: true, min: 1, max: JOB_LIMITS.tag, description: 'With `addTag` and `removeTag`.' })
  tag?: string;
}

export class BulkFailureDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Null where there is no such job.' })
  name!: string | null;

  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode' })
  code!: ErrorCode;

  @ApiProperty({ example: 'Only an active job can be paused; this one is completed.' })
  message!: string;
}

export class BulkReportDto implements BulkReport {
  @ApiProperty({ type: 'integer', example: 42 })
  done!: number;

  @ApiProperty({ type: [BulkFailureDto], description: 'What single jobs refused; the others went on.' })
  failed!: BulkFailureDto[];

  @ApiProperty({ type: 'integer', description: 'How many that match are left.', example: 0 })
  remaining!: number;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Give it as `after` for the rest.',
  })
  next!: string | null;
}
